package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.SetOperation;
import dev.splitreason.answers.check.notation.Expression.Words;
import dev.splitreason.answers.check.rule.RealSet.End;
import dev.splitreason.answers.check.rule.RealSet.Interval;
import dev.splitreason.answers.check.symbolic.Variables;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets of real numbers, however they are written: intervals, unions, solved inequalities, "all real
 * numbers".
 */
record IntervalRule() implements Rule {

  private static final String METHOD = "interval";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if ((!isSet(gold) && !isSet(answer)) || nameOthers(gold, answer)) {
      return null;
    }
    RealSet reference = RealSetReader.read(gold);
    RealSet given = RealSetReader.read(answer);
    return reference == null || given == null
        ? null
        : new Decision(equal(reference, given, comparison), METHOD);
  }

  /** Whether an expression can only be a set: {@code (2, 5)} may also be a point. */
  private static boolean isSet(Expression expression) {
    return switch (expression) {
      case Group(Bracket bracket, var items) ->
          switch (bracket) {
            case SQUARE -> items.size() == 2;
            case LEFT_OPEN, RIGHT_OPEN -> true;
            case BARE, AND -> items.stream().allMatch(Relation.class::isInstance);
            case ROUND, BRACES -> false;
          };
      case SetOperation operation -> true;
      case NamedSet named -> true;
      case Relation relation -> true;
      case Words(String text) -> RealSetReader.named(text) != null;
      default -> false;
    };
  }

  /** Two inequalities about different variables: {@code t < 0} does not answer {@code x < 0}. */
  private static boolean nameOthers(Expression gold, Expression answer) {
    Set<String> asked = Variables.of(gold);
    Set<String> given = Variables.of(answer);
    return !asked.isEmpty() && !given.isEmpty() && !asked.equals(given);
  }

  private static boolean equal(RealSet gold, RealSet answer, Comparison comparison) {
    if (gold.intervals().size() != answer.intervals().size()) {
      return false;
    }
    for (int i = 0; i < gold.intervals().size(); i++) {
      Interval reference = gold.intervals().get(i);
      Interval given = answer.intervals().get(i);
      if (!equal(reference.low(), given.low(), comparison)
          || !equal(reference.high(), given.high(), comparison)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(End gold, End answer, Comparison comparison) {
    if (Double.isInfinite(gold.value()) || Double.isInfinite(answer.value())) {
      return gold.value() == answer.value();
    }
    return gold.closed() == answer.closed() && comparison.equal(gold.source(), answer.source());
  }
}
