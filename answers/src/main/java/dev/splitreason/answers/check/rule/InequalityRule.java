package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inequalities that are not solved for a variable: the same when each step of one is a step of the
 * other, turned round or multiplied through as need be.
 */
record InequalityRule() implements Rule {

  private static final String METHOD = "inequality";

  /** One comparison with zero: {@code difference < 0}, {@code ≤ 0} or {@code ≠ 0}. */
  private record Step(Expression difference, Comparator comparator) {}

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (!(gold instanceof Relation goldRelation) || !(answer instanceof Relation given)) {
      boolean one = gold instanceof Relation || answer instanceof Relation;
      boolean list = gold instanceof Expression.Group || answer instanceof Expression.Group;
      return one && !list ? new Decision(false, METHOD) : null;
    }
    if (goldRelation.relations().equals(given.relations())
        && sameOperands(goldRelation, given, comparison)) {
      return new Decision(true, METHOD);
    }
    List<Step> reference = steps(goldRelation);
    List<Step> steps = steps(given);
    boolean equal =
        reference.size() == steps.size()
            && !reference.isEmpty()
            && reference.stream()
                .allMatch(step -> steps.stream().anyMatch(other -> same(step, other, comparison)));
    return new Decision(equal, METHOD);
  }

  private static boolean sameOperands(Relation gold, Relation answer, Comparison comparison) {
    for (int i = 0; i < gold.operands().size(); i++) {
      if (!comparison.equal(gold.operands().get(i), answer.operands().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The steps of a chain; none when it has a comparison that is not of size. */
  private static List<Step> steps(Relation relation) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < relation.relations().size(); i++) {
      Expression left = relation.operands().get(i);
      Expression right = relation.operands().get(i + 1);
      Comparator comparator = relation.relations().get(i);
      switch (comparator) {
        case LESS, LESS_OR_EQUAL, NOT_EQUAL ->
            steps.add(new Step(Expression.subtract(left, right), comparator));
        case GREATER, GREATER_OR_EQUAL ->
            steps.add(new Step(Expression.subtract(right, left), comparator.mirrored()));
        case EQUAL, IN, CONGRUENT -> {
          return List.of();
        }
      }
    }
    return steps;
  }

  private static boolean same(Step gold, Step answer, Comparison comparison) {
    if (gold.comparator() != answer.comparator()) {
      return false;
    }
    Proportion proportion = Proportion.of(gold.difference(), answer.difference(), comparison);
    return proportion == Proportion.POSITIVE
        || (gold.comparator() == Comparator.NOT_EQUAL && proportion == Proportion.NEGATIVE);
  }
}
