package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Parts;
import dev.splitreason.answers.check.symbolic.ExactValue;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** The one matrix that an expression of matrices and scalars is. */
final class MatrixValue {

  private MatrixValue() {}

  /** The matrix; null when the expression is none, or its shapes do not fit. */
  static @Nullable Matrix of(Expression expression) {
    return switch (expression) {
      case Matrix matrix -> matrix;
      case Product(var factors) -> product(factors);
      case Sum(var terms) -> sum(terms);
      case Group(Bracket bracket, var items) when bracket == Bracket.SQUARE -> ofRows(items);
      default -> null;
    };
  }

  private static @Nullable Matrix product(List<Expression> factors) {
    List<Expression> scalars = new ArrayList<>();
    Matrix product = null;
    for (Expression factor : factors) {
      Matrix matrix = of(factor);
      if (matrix == null) {
        scalars.add(factor);
      } else if (product == null) {
        product = matrix;
      } else {
        product = multiplied(product, matrix);
        if (product == null) {
          return null;
        }
      }
    }
    return product == null ? null : scaled(scalars, product);
  }

  /** The product of matrices whose shapes fit, and whose entries are not products already. */
  private static @Nullable Matrix multiplied(Matrix left, Matrix right) {
    boolean fit = width(left) == right.rows().size();
    return fit && isSimple(left) && isSimple(right) ? product(left, right) : null;
  }

  /** Entries that are themselves products of matrices would double with every factor. */
  private static boolean isSimple(Matrix matrix) {
    return Parts.of(matrix).stream().noneMatch(MatrixValue::isLarge);
  }

  private static boolean isLarge(Expression entry) {
    return entry instanceof Sum(var terms) && terms.stream().anyMatch(Product.class::isInstance);
  }

  private static Matrix product(Matrix left, Matrix right) {
    List<List<Expression>> rows = new ArrayList<>();
    for (List<Expression> leftRow : left.rows()) {
      List<Expression> row = new ArrayList<>();
      for (int column = 0; column < width(right); column++) {
        List<Expression> terms = new ArrayList<>();
        for (int i = 0; i < leftRow.size(); i++) {
          terms.add(new Product(List.of(leftRow.get(i), right.rows().get(i).get(column))));
        }
        row.add(computed(new Sum(List.copyOf(terms))));
      }
      rows.add(List.copyOf(row));
    }
    return new Matrix(List.copyOf(rows));
  }

  private static Expression computed(Sum entry) {
    BigFraction value = ExactValue.of(entry);
    return value == null ? entry : new Literal(value, Literal.EXACT);
  }

  private static Matrix scaled(List<Expression> scalars, Matrix matrix) {
    if (scalars.isEmpty()) {
      return matrix;
    }
    List<List<Expression>> rows = new ArrayList<>();
    for (List<Expression> row : matrix.rows()) {
      List<Expression> scaledRow = new ArrayList<>();
      for (Expression entry : row) {
        List<Expression> factors = new ArrayList<>(scalars);
        factors.add(entry);
        scaledRow.add(new Product(List.copyOf(factors)));
      }
      rows.add(List.copyOf(scaledRow));
    }
    return new Matrix(List.copyOf(rows));
  }

  private static @Nullable Matrix sum(List<Expression> terms) {
    List<Matrix> matrices = new ArrayList<>();
    for (Expression term : terms) {
      Matrix matrix = of(term);
      if (matrix == null || (!matrices.isEmpty() && !sameShape(matrices.getFirst(), matrix))) {
        return null;
      }
      matrices.add(matrix);
    }
    List<List<Expression>> rows = new ArrayList<>();
    for (int row = 0; row < matrices.getFirst().rows().size(); row++) {
      List<Expression> entries = new ArrayList<>();
      for (int column = 0; column < width(matrices.getFirst()); column++) {
        List<Expression> added = new ArrayList<>();
        for (Matrix matrix : matrices) {
          added.add(matrix.rows().get(row).get(column));
        }
        entries.add(new Sum(List.copyOf(added)));
      }
      rows.add(List.copyOf(entries));
    }
    return new Matrix(List.copyOf(rows));
  }

  /** Lists of equal length in a list, as programs write matrices. */
  private static @Nullable Matrix ofRows(List<Expression> items) {
    List<List<Expression>> rows = new ArrayList<>();
    for (Expression item : items) {
      if (!(item instanceof Group(Bracket bracket, var entries))
          || bracket != Bracket.SQUARE
          || (!rows.isEmpty() && rows.getFirst().size() != entries.size())) {
        return null;
      }
      rows.add(entries);
    }
    return new Matrix(List.copyOf(rows));
  }

  static boolean sameShape(Matrix left, Matrix right) {
    return left.rows().size() == right.rows().size() && width(left) == width(right);
  }

  private static int width(Matrix matrix) {
    return matrix.rows().getFirst().size();
  }
}
