package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What can be done with values, as Python does it. They are texts, whole numbers ({@code Long}),
 * reals ({@code Double}), booleans, lists, maps, things to call, and {@link Nothing}.
 */
final class Values {

  /** Letters that a text may have: far above any prompt, far below what fills memory. */
  static final int LONGEST = 10_000_000;

  private Values() {}

  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case Long number -> number != 0;
      case Double number -> number != 0;
      case Collection<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Nothing _ -> false;
      default -> true;
    };
  }

  /** As it is put out. */
  static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth ? "True" : "False";
      case List<?> list ->
          list.stream().map(each -> quoted(each)).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }

  private static String quoted(Object value) {
    return value instanceof String text ? "'" + text + "'" : text(value);
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return switch (value) {
      case List<?> list -> (List<Object>) list;
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case String text -> text.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
      case Nothing nothing when nothing == Nothing.UNDEFINED -> List.of();
      default -> throw new JinjaException("the template goes over " + text(value));
    };
  }

  static boolean areEqual(Object left, Object right) {
    return (left instanceof Number && right instanceof Number)
        ? real(left) == real(right)
        : Objects.equals(left, right);
  }

  static int compare(Object left, Object right) {
    return left instanceof String one && right instanceof String other
        ? one.compareTo(other)
        : Double.compare(real(left), real(right));
  }

  static boolean contains(Object container, Object value) {
    return switch (container) {
      case String text -> text.contains(text(value));
      case Map<?, ?> map -> map.containsKey(value);
      case Nothing _ -> false;
      default -> list(container).stream().anyMatch(each -> areEqual(each, value));
    };
  }

  static double real(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Boolean truth -> truth ? 1 : 0;
      default -> throw new JinjaException("the template computes with '" + text(value) + "'");
    };
  }

  static Object plus(Object left, Object right) {
    if (left instanceof String one && right instanceof String other) {
      if (one.length() + other.length() > LONGEST) {
        throw new JinjaException("the template makes too long a text");
      }
      return one + other;
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      List<Object> all = new ArrayList<>(one);
      all.addAll(other);
      return all;
    }
    if (left instanceof String || right instanceof String) {
      throw new JinjaException(
          "the template joins '"
              + text(left)
              + "' and '"
              + text(right)
              + "', which are not both texts");
    }
    return number(left, '+', right);
  }

  static Object times(Object left, Object right) {
    if (left instanceof String text && right instanceof Long times) {
      if (times > 0 && text.length() * times > LONGEST) {
        throw new JinjaException("the template makes too long a text");
      }
      return text.repeat((int) Math.max(0, times));
    }
    return number(left, '*', right);
  }

  static Object number(Object left, char operator, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return switch (operator) {
        case '+' -> one + other;
        case '-' -> one - other;
        case '*' -> one * other;
        case '/' -> Math.floorDiv(one, other);
        default -> Math.floorMod(one, other);
      };
    }
    double one = real(left);
    double other = real(right);
    return switch (operator) {
      case '+' -> one + other;
      case '-' -> one - other;
      case '*' -> one * other;
      case '/' -> Math.floor(one / other);
      default -> one - Math.floor(one / other) * other;
    };
  }

  /** What {@code value.name} is. */
  static Object attribute(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      Object found = map.get(name);
      return found == null ? Nothing.UNDEFINED : found;
    }
    if (value == Nothing.UNDEFINED) {
      throw new JinjaException("the template asks for '" + name + "' of nothing");
    }
    return Nothing.UNDEFINED;
  }

  /** What {@code value[key]} is. */
  static Object item(Object value, Object key) {
    if (key instanceof Long index && (value instanceof List || value instanceof String)) {
      List<Object> list = list(value);
      int at = (int) (index < 0 ? index + list.size() : index);
      return at < 0 || at >= list.size() ? Nothing.UNDEFINED : list.get(at);
    }
    return attribute(value, text(key));
  }

  /** What {@code value[from:to:step]} is. */
  static Object slice(Object value, Object from, Object to, Object step) {
    List<Object> list = list(value);
    int size = list.size();
    int stride = step instanceof Long number ? number.intValue() : 1;
    if (stride == 0) {
      throw new JinjaException("the template cuts in steps of 0");
    }
    int begin = border(from, size, stride > 0 ? 0 : size - 1, stride);
    int end = border(to, size, stride > 0 ? size : -1, stride);
    List<Object> cut = new ArrayList<>();
    for (int i = begin; stride > 0 ? i < end : i > end; i += stride) {
      cut.add(list.get(i));
    }
    return value instanceof String
        ? cut.stream().map(Values::text).collect(Collectors.joining())
        : cut;
  }

  private static int border(Object said, int size, int unset, int stride) {
    if (!(said instanceof Long number)) {
      return unset;
    }
    long at = number < 0 ? number + size : number;
    return stride > 0 ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
  }

  /** Sets {@code value.name}, which namespaces and maps let be done. */
  @SuppressWarnings("unchecked")
  static void set(Object value, String name, Object to) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new JinjaException("the template sets '" + name + "' of what is no namespace");
    }
    ((Map<String, Object>) map).put(name, to);
  }

  static Object call(Object callee, Arguments arguments) {
    if (callee instanceof Expression.Callable callable) {
      return callable.call(arguments);
    }
    throw new JinjaException("the template calls something that is not known here");
  }
}
