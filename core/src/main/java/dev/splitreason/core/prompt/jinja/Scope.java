package dev.splitreason.core.prompt.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that are known at a place, inside those known around it. */
final class Scope {

  /** Far above any template of a model, far below what would keep a thread busy. */
  private static final int MOST_STEPS = 1_000_000;

  private final @Nullable Scope around;
  private final Map<String, Object> values = new HashMap<>();
  private final int[] steps;

  private Scope(@Nullable Scope around, int[] steps) {
    this.around = around;
    this.steps = steps;
  }

  static Scope of(Map<String, ?> values) {
    Scope scope = new Scope(null, new int[1]);
    scope.values.putAll(values);
    return scope;
  }

  /** A scope inside this one. */
  Scope inner() {
    return new Scope(this, steps);
  }

  /** The outermost scope, which macros see. */
  Scope outermost() {
    Scope scope = this;
    while (scope.around != null) {
      scope = scope.around;
    }
    return scope;
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.around) {
      Object value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return Builtins.global(name);
  }

  void set(String name, Object value) {
    values.put(name, value);
  }

  /** Counts what a template does, so that none goes on for ever. */
  void step() {
    if (++steps[0] > MOST_STEPS) {
      throw new JinjaException("the template does not come to an end");
    }
  }
}
