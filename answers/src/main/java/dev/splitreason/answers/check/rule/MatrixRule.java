package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrices entry by entry; a matrix of one row or column is also a tuple. */
record MatrixRule() implements Rule {

  private static final String METHOD = "matrix";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    Matrix reference = MatrixValue.of(gold);
    Matrix given = MatrixValue.of(answer);
    if (reference != null && given != null) {
      return new Decision(sameEntries(reference, given, comparison), METHOD);
    }
    if (reference != null) {
      return asTuple(reference, answer, comparison, true);
    }
    return given == null ? null : asTuple(given, gold, comparison, false);
  }

  private static boolean sameEntries(Matrix gold, Matrix answer, Comparison comparison) {
    if (!MatrixValue.sameShape(gold, answer)) {
      return false;
    }
    for (int row = 0; row < gold.rows().size(); row++) {
      for (int column = 0; column < gold.rows().getFirst().size(); column++) {
        if (!comparison.equal(
            gold.rows().get(row).get(column), answer.rows().get(row).get(column))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Decision asTuple(
      Matrix matrix, Expression other, Comparison comparison, boolean matrixIsGold) {
    boolean vector = matrix.rows().size() == 1 || matrix.rows().getFirst().size() == 1;
    if (!vector || !(other instanceof Group(Bracket bracket, var items)) || items.isEmpty()) {
      return new Decision(false, METHOD);
    }
    Group entries = new Group(Bracket.ROUND, matrix.rows().stream().flatMap(List::stream).toList());
    boolean ordered = bracket != Bracket.BRACES;
    Group tuple = new Group(Bracket.ROUND, items);
    boolean equal =
        matrixIsGold ? comparison.equal(entries, tuple) : comparison.equal(tuple, entries);
    return new Decision(ordered && equal, METHOD);
  }
}
