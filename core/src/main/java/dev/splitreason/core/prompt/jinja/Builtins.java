package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Expression.Arguments;
import dev.splitreason.core.prompt.jinja.Expression.Callable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The functions, filters and tests that templates find there. */
final class Builtins {

  private static final long LONGEST_RANGE = 100_000;

  private static final Set<String> FILTERS =
      Set.of(
          "trim",
          "tojson",
          "length",
          "count",
          "join",
          "first",
          "last",
          "upper",
          "lower",
          "title",
          "capitalize",
          "replace",
          "string",
          "int",
          "float",
          "list",
          "default",
          "d",
          "safe",
          "items",
          "dictsort",
          "selectattr",
          "rejectattr",
          "map",
          "reverse",
          "sort",
          "unique",
          "abs",
          "indent",
          "select",
          "reject");

  private static final Set<String> TESTS =
      Set.of(
          "defined",
          "undefined",
          "none",
          "string",
          "mapping",
          "iterable",
          "sequence",
          "number",
          "integer",
          "float",
          "boolean",
          "true",
          "false",
          "odd",
          "even",
          "equalto",
          "eq",
          "ne",
          "in",
          "divisibleby",
          "callable");

  private Builtins() {}

  /** What a name means that nothing was put under. */
  static Object global(String name) {
    return switch (name) {
      case "raise_exception" ->
          (Callable)
              arguments -> {
                throw new JinjaException(Values.text(arguments.get(0)));
              };
      case "namespace", "dict" -> (Callable) arguments -> new LinkedHashMap<>(arguments.named());
      case "range" -> (Callable) Builtins::range;
      case "strftime_now" -> (Callable) arguments -> now(Values.text(arguments.get(0)));
      default -> Nothing.UNDEFINED;
    };
  }

  private static Object range(Arguments arguments) {
    long first = arguments.has(1) ? (Long) arguments.get(0) : 0;
    long end = (Long) arguments.get(arguments.has(1) ? 1 : 0);
    long step = arguments.has(2) ? (Long) arguments.get(2) : 1;
    if (step == 0 || Math.abs((end - first) / step) > LONGEST_RANGE) {
      throw new JinjaException("the template goes over too many numbers");
    }
    return new ArrayList<Object>(
        LongStream.iterate(first, at -> step > 0 ? at < end : at > end, at -> at + step)
            .boxed()
            .toList());
  }

  private static String now(String format) {
    String pattern =
        format
            .replace("'", "''")
            .replaceAll("[A-Za-z]+(?<!%[A-Za-z])", "'$0'")
            .replace("%d", "dd")
            .replace("%m", "MM")
            .replace("%Y", "yyyy")
            .replace("%y", "yy")
            .replace("%b", "MMM")
            .replace("%B", "MMMM")
            .replace("%A", "EEEE")
            .replace("%a", "EEE")
            .replace("%H", "HH")
            .replace("%M", "mm")
            .replace("%S", "ss");
    try {
      return LocalDateTime.now(ZoneId.systemDefault())
          .format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    } catch (IllegalArgumentException e) {
      throw new JinjaException("the template writes the time as '" + format + "'");
    }
  }

  static void requireFilter(String name) {
    if (!FILTERS.contains(name)) {
      throw new JinjaException(
          "the template has the filter '" + name + "', which is not known here");
    }
  }

  static void requireTest(String name) {
    if (!TESTS.contains(name)) {
      throw new JinjaException("the template has the test '" + name + "', which is not known here");
    }
  }

  /** Tests that may be written with what they compare with behind them, without parentheses. */
  static boolean comparesWithOne(String name) {
    return Set.of("equalto", "eq", "ne", "in", "divisibleby").contains(name);
  }

  static Object filter(String name, Object value, Arguments arguments) {
    return switch (name) {
      case "trim", "upper", "lower", "title", "capitalize", "replace" ->
          Methods.call(Values.text(value), name.equals("trim") ? "strip" : name, arguments);
      case "tojson" -> Json.text(value, arguments.get(0, "indent", Nothing.NONE));
      case "length", "count" ->
          value instanceof Map<?, ?> map ? (long) map.size() : (long) Values.list(value).size();
      case "join" ->
          Values.list(value).stream()
              .map(Values::text)
              .collect(Collectors.joining(Values.text(arguments.get(0, "d", ""))));
      case "first" -> Values.item(value, 0L);
      case "last" -> Values.item(value, -1L);
      case "string" -> Values.text(value);
      case "int" -> integer(value, arguments.get(0, "default", 0L));
      case "float" -> Double.parseDouble(Values.text(value));
      case "list" -> new ArrayList<>(Values.list(value));
      case "default", "d" -> otherwise(value, arguments);
      case "items" -> items((Map<?, ?>) value);
      case "dictsort" ->
          items((Map<?, ?>) value).stream()
              .sorted(Comparator.comparing(entry -> Values.text(Values.item(entry, 0L))))
              .collect(Collectors.toCollection(ArrayList<Object>::new));
      case "selectattr" -> byAttribute(value, arguments, true);
      case "rejectattr" -> byAttribute(value, arguments, false);
      case "select" -> byTest(value, arguments, true);
      case "reject" -> byTest(value, arguments, false);
      case "map" -> mapped(value, arguments);
      case "reverse" -> Values.slice(value, Nothing.NONE, Nothing.NONE, -1L);
      case "sort" -> Values.list(value).stream().sorted(Values::compare).toList();
      case "unique" -> new ArrayList<>(new LinkedHashSet<>(Values.list(value)));
      case "abs" -> value instanceof Long whole ? Math.abs(whole) : Math.abs(Values.real(value));
      case "indent" ->
          Values.text(value)
              .replace("\n", "\n" + " ".repeat(((Long) arguments.get(0, "width", 4L)).intValue()));
      default -> value;
    };
  }

  private static Object integer(Object value, Object unset) {
    String text = Values.text(value).strip();
    return text.matches("-?\\d{1,18}")
        ? (Object) Long.parseLong(text)
        : value instanceof Double real ? (Object) real.longValue() : unset;
  }

  private static Object otherwise(Object value, Arguments arguments) {
    boolean falseToo = Values.isTrue(arguments.get(1, "boolean", false));
    boolean missing = value == Nothing.UNDEFINED || (falseToo && !Values.isTrue(value));
    return missing ? arguments.get(0, "default_value", "") : value;
  }

  static List<Object> items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(List.of(key, value)));
    return items;
  }

  private static List<Object> byAttribute(Object value, Arguments arguments, boolean wanted) {
    String attribute = Values.text(arguments.get(0));
    String test = arguments.has(1) ? Values.text(arguments.get(1)) : "true";
    var with = new Arguments(arguments.values().stream().skip(2).toList(), Map.of());
    return Values.list(value).stream()
        .filter(
            each -> {
              Object own = Values.attribute(each, attribute);
              return (arguments.has(1) ? test(test, own, with) : Values.isTrue(own)) == wanted;
            })
        .toList();
  }

  private static List<Object> byTest(Object value, Arguments arguments, boolean wanted) {
    var with = new Arguments(arguments.values().stream().skip(1).toList(), Map.of());
    return Values.list(value).stream()
        .filter(
            each ->
                (arguments.has(0)
                        ? test(Values.text(arguments.get(0)), each, with)
                        : Values.isTrue(each))
                    == wanted)
        .toList();
  }

  private static List<Object> mapped(Object value, Arguments arguments) {
    Object attribute = arguments.named().get("attribute");
    if (attribute != null) {
      return Values.list(value).stream()
          .map(each -> Values.attribute(each, Values.text(attribute)))
          .toList();
    }
    String name = Values.text(arguments.get(0));
    requireFilter(name);
    var rest = new Arguments(arguments.values().stream().skip(1).toList(), Map.of());
    return Values.list(value).stream().map(each -> filter(name, each, rest)).toList();
  }

  static boolean test(String name, Object value, Arguments arguments) {
    return switch (name) {
      case "defined" -> value != Nothing.UNDEFINED;
      case "undefined" -> value == Nothing.UNDEFINED;
      case "none" -> value == Nothing.NONE;
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Map;
      case "iterable", "sequence" ->
          value instanceof List || value instanceof Map || value instanceof String;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "boolean" -> value instanceof Boolean;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "odd" -> Math.floorMod((Long) value, 2L) == 1;
      case "even" -> Math.floorMod((Long) value, 2L) == 0;
      case "equalto", "eq" -> Values.areEqual(value, arguments.get(0));
      case "ne" -> !Values.areEqual(value, arguments.get(0));
      case "in" -> Values.contains(arguments.get(0), value);
      case "divisibleby" -> (Long) value % (Long) arguments.get(0) == 0;
      case "callable" -> value instanceof Callable;
      default -> throw new JinjaException("the template has the test '" + name + "'");
    };
  }
}
