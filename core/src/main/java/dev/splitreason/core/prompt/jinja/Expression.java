package dev.splitreason.core.prompt.jinja;

import java.util.List;
import java.util.Map;

/** Something that has a value. */
@FunctionalInterface
interface Expression {

  Object in(Scope scope);

  /** What can be called. */
  @FunctionalInterface
  interface Callable {
    Object call(Arguments arguments);
  }

  /**
   * What something is called with.
   *
   * @param values by place
   * @param named by name
   */
  record Arguments(List<Object> values, Map<String, Object> named) {

    /** That at a place, or of a name, or what is taken for it. */
    Object get(int place, String name, Object unset) {
      return place < values.size() ? values.get(place) : named.getOrDefault(name, unset);
    }

    Object get(int place) {
      return get(place, "", Nothing.UNDEFINED);
    }

    boolean has(int place) {
      return place < values.size();
    }
  }

  /** What a call's arguments are before they have values. */
  record Given(List<Expression> values, Map<String, Expression> named) {

    Arguments in(Scope scope) {
      Map<String, Object> byName = new java.util.LinkedHashMap<>();
      named.forEach((name, value) -> byName.put(name, value.in(scope)));
      return new Arguments(values.stream().map(value -> value.in(scope)).toList(), byName);
    }
  }
}
