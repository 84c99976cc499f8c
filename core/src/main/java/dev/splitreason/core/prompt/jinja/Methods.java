package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Methods of Python's texts, maps and lists that templates call. */
final class Methods {

  private Methods() {}

  static Object call(Object receiver, String name, Arguments arguments) {
    return switch (receiver) {
      case String text -> ofText(text, name, arguments);
      case Map<?, ?> map -> ofMap(map, name, arguments);
      case List<?> list -> ofList(list, name, arguments);
      default -> throw unknown(name);
    };
  }

  private static Object ofText(String text, String name, Arguments arguments) {
    Object first = arguments.get(0);
    return switch (name) {
      case "strip" -> stripEnd(stripStart(text, first), first);
      case "lstrip" -> stripStart(text, first);
      case "rstrip" -> stripEnd(text, first);
      case "split" -> split(text, first, arguments.get(1, "maxsplit", -1L));
      case "splitlines" -> new ArrayList<Object>(text.lines().toList());
      case "startswith" -> affixes(first).stream().anyMatch(text::startsWith);
      case "endswith" -> affixes(first).stream().anyMatch(text::endsWith);
      case "replace" -> text.replace(Values.text(first), Values.text(arguments.get(1)));
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalized(text);
      case "find" -> (long) text.indexOf(Values.text(first));
      case "count" -> count(text, Values.text(first));
      case "join" ->
          Values.list(first).stream().map(Values::text).collect(Collectors.joining(text));
      case "removeprefix" ->
          text.startsWith(Values.text(first)) ? text.substring(Values.text(first).length()) : text;
      case "removesuffix" ->
          text.endsWith(Values.text(first))
              ? text.substring(0, text.length() - Values.text(first).length())
              : text;
      case "isdigit" -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
      default -> throw unknown(name);
    };
  }

  private static List<String> affixes(Object said) {
    return said instanceof List<?> several
        ? several.stream().map(Values::text).toList()
        : List.of(Values.text(said));
  }

  private static String stripStart(String text, Object letters) {
    int at = 0;
    while (at < text.length() && isStripped(text.charAt(at), letters)) {
      at++;
    }
    return text.substring(at);
  }

  private static String stripEnd(String text, Object letters) {
    int end = text.length();
    while (end > 0 && isStripped(text.charAt(end - 1), letters)) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isStripped(char letter, Object letters) {
    return letters instanceof String some
        ? some.indexOf(letter) >= 0
        : Character.isWhitespace(letter);
  }

  private static List<Object> split(String text, Object separator, Object most) {
    int limit = most instanceof Long number && number >= 0 ? number.intValue() + 1 : -1;
    if (!(separator instanceof String mark)) {
      String stripped = text.strip();
      return new ArrayList<>(
          stripped.isEmpty()
              ? List.of()
              : Arrays.asList(stripped.split("\\s+", Math.max(0, limit))));
    }
    if (mark.isEmpty()) {
      throw new JinjaException("the template splits a text at nothing");
    }
    return new ArrayList<>(Arrays.asList(text.split(Pattern.quote(mark), limit)));
  }

  private static long count(String text, String part) {
    return part.isEmpty() ? text.length() + 1L : text.split(Pattern.quote(part), -1).length - 1L;
  }

  static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  static String title(String text) {
    return Pattern.compile("\\p{L}+").matcher(text).replaceAll(word -> capitalized(word.group()));
  }

  private static Object ofMap(Map<?, ?> map, String name, Arguments arguments) {
    return switch (name) {
      case "items" -> Builtins.items(map);
      case "keys" -> new ArrayList<Object>(map.keySet());
      case "values" -> new ArrayList<Object>(map.values());
      case "get" -> {
        Object found = map.get(arguments.get(0));
        yield found == null ? arguments.get(1, "default", Nothing.NONE) : found;
      }
      default -> throw unknown(name);
    };
  }

  @SuppressWarnings("unchecked")
  private static Object ofList(List<?> list, String name, Arguments arguments) {
    return switch (name) {
      case "append" -> {
        ((List<Object>) list).add(arguments.get(0));
        yield Nothing.NONE;
      }
      case "index" -> (long) list.indexOf(arguments.get(0));
      case "count" -> list.stream().filter(arguments.get(0)::equals).count();
      default -> throw unknown(name);
    };
  }

  private static JinjaException unknown(String name) {
    return new JinjaException("the template calls '" + name + "', which is not known here");
  }
}
