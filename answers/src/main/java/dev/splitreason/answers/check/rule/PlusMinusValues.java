package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.PlusMinus;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Parts;
import java.util.ArrayList;
import java.util.List;

/** What an expression with ± stands for: all signs + and ∓ −, and the other way round. */
final class PlusMinusValues {

  private PlusMinusValues() {}

  static boolean occursIn(Expression expression) {
    return Parts.contain(expression, PlusMinus.class::isInstance);
  }

  /** The values; in a set or list each item gives its own. No ± is left in them. */
  static List<Expression> of(Expression expression) {
    if (!occursIn(expression)) {
      return List.of(expression);
    }
    if (expression instanceof Group(Bracket bracket, var items) && isUnordered(bracket)) {
      List<Expression> all = new ArrayList<>();
      items.forEach(item -> all.addAll(of(item)));
      return List.of(new Group(bracket, List.copyOf(all)));
    }
    return List.of(signed(expression, true), signed(expression, false));
  }

  private static boolean isUnordered(Bracket bracket) {
    return bracket == Bracket.BARE || bracket == Bracket.AND || bracket == Bracket.BRACES;
  }

  private static Expression signed(Expression expression, boolean plus) {
    Expression inside = Parts.replace(expression, part -> signed(part, plus));
    if (!(inside instanceof PlusMinus(Expression left, Expression right, boolean minusFirst))) {
      return inside;
    }
    return plus != minusFirst ? new Sum(List.of(left, right)) : Expression.subtract(left, right);
  }
}
