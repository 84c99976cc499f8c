package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Parts;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an expression depends on. */
public final class Variables {

  private Variables() {}

  /** The names of all variables in an expression. */
  public static SortedSet<String> of(Expression expression) {
    SortedSet<String> names = new TreeSet<>();
    collect(expression, names);
    return names;
  }

  /** Whether an expression has no variable. */
  public static boolean isConstant(Expression expression) {
    return !Parts.contain(expression, Symbol.class::isInstance);
  }

  /** Whether the imaginary unit occurs. */
  public static boolean isComplex(Expression expression) {
    return Parts.contain(expression, part -> part == Constant.I);
  }

  private static void collect(Expression expression, SortedSet<String> names) {
    if (expression instanceof Symbol(String name)) {
      names.add(name);
    }
    Parts.of(expression).forEach(part -> collect(part, names));
  }
}
