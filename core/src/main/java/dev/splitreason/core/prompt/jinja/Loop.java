package dev.splitreason.core.prompt.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code for} block. */
record Loop(
    List<String> names, Expression values, Expression filter, Statement body, Statement otherwise)
    implements Statement {

  @Override
  public void run(Scope scope, StringBuilder out) {
    List<Object> chosen = new ArrayList<>();
    for (Object value : Values.list(values.in(scope))) {
      Scope inner = scope.inner();
      bind(names, value, inner);
      if (Values.isTrue(filter.in(inner))) {
        chosen.add(value);
      }
    }
    if (chosen.isEmpty()) {
      otherwise.run(scope, out);
    }
    try {
      for (int i = 0; i < chosen.size(); i++) {
        Scope inner = scope.inner();
        inner.set("loop", place(chosen, i));
        bind(names, chosen.get(i), inner);
        round(inner, out);
      }
    } catch (Jump jump) {
      // Left.
    }
  }

  private void round(Scope inner, StringBuilder out) {
    inner.step();
    try {
      body.run(inner, out);
    } catch (Jump jump) {
      if (jump.leaves) {
        throw jump;
      }
    }
  }

  private static Map<String, Object> place(List<Object> values, int index) {
    Map<String, Object> loop = new HashMap<>();
    loop.put("index", (long) index + 1);
    loop.put("index0", (long) index);
    loop.put("revindex", (long) values.size() - index);
    loop.put("revindex0", (long) values.size() - index - 1);
    loop.put("first", index == 0);
    loop.put("last", index == values.size() - 1);
    loop.put("length", (long) values.size());
    loop.put("previtem", index == 0 ? Nothing.UNDEFINED : values.get(index - 1));
    loop.put("nextitem", index == values.size() - 1 ? Nothing.UNDEFINED : values.get(index + 1));
    return loop;
  }

  /** Gives a value a name, or each of several values one. */
  static void bind(List<String> names, Object value, Scope scope) {
    if (names.size() == 1) {
      scope.set(names.getFirst(), value);
      return;
    }
    List<Object> values = Values.list(value);
    if (values.size() != names.size()) {
      throw new JinjaException(
          "the template takes %d values for %d".formatted(values.size(), names.size()));
    }
    for (int i = 0; i < names.size(); i++) {
      scope.set(names.get(i), values.get(i));
    }
  }
}
