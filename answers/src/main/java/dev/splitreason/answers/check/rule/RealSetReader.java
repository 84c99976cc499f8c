package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.SetOperation;
import dev.splitreason.answers.check.notation.Expression.Words;
import dev.splitreason.answers.check.notation.Names;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.rule.RealSet.End;
import dev.splitreason.answers.check.symbolic.Approximation;
import dev.splitreason.answers.check.symbolic.Variables;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads intervals, their unions, and solved inequalities as sets of real numbers. */
final class RealSetReader {

  /** "No solution", "there are no real roots", "none": the empty set. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "(?:(?:so |thus |hence |therefore )?(?:there (?:is|are|exists?)|(?:it|this|the \\w+) has|"
              + "has) )?no (?:such )?(?:(?:real|integer|positive|valid|possible) )*"
              + "(?:solutions?|roots?|zeros?|values?|numbers?|integers?)(?: exists?| x| of x)?"
              + "|none|(?:the )?(?:empty set|solution set is empty)|no such \\w+(?: exists?)?");

  private static final int LONGEST_PHRASE = 80;

  private RealSetReader() {}

  /** The set; null when the expression is none, or has ends that are not numbers. */
  static @Nullable RealSet read(Expression expression) {
    return switch (expression) {
      case NamedSet named -> named(named);
      case Words(String text) -> named(text);
      case SetOperation(var operation, Expression left, Expression right) ->
          operation(operation, read(left), read(right));
      case Relation relation -> relation(relation);
      case Group(Bracket bracket, var items) -> group(bracket, items);
      default -> null;
    };
  }

  /** The set a phrase names; null when it names none. */
  static @Nullable RealSet named(String words) {
    String phrase = Spelling.fold(words);
    if (phrase.length() <= LONGEST_PHRASE && NOTHING.matcher(phrase).matches()) {
      return RealSet.EMPTY;
    }
    return switch (phrase) {
      case "all real numbers", "all reals", "real numbers", "all real", "reals" -> RealSet.ALL;
      default -> null;
    };
  }

  private static @Nullable RealSet named(NamedSet set) {
    return switch (set) {
      case EMPTY -> RealSet.EMPTY;
      case REALS -> RealSet.ALL;
      case INTEGERS, NATURALS, RATIONALS, COMPLEX -> null;
    };
  }

  private static @Nullable RealSet operation(
      Expression.Operation operation, @Nullable RealSet left, @Nullable RealSet right) {
    if (left == null || right == null) {
      return null;
    }
    return switch (operation) {
      case UNION -> left.union(right);
      case INTERSECTION -> left.intersection(right);
      case DIFFERENCE -> left.minus(right);
    };
  }

  private static @Nullable RealSet group(Bracket bracket, List<Expression> items) {
    return switch (bracket) {
      case BARE -> alternatives(items);
      case AND -> combined(items, RealSet.ALL, RealSet::intersection);
      case BRACES -> points(items);
      case ROUND -> interval(items, false, false);
      case SQUARE -> interval(items, true, true);
      case LEFT_OPEN -> interval(items, false, true);
      case RIGHT_OPEN -> interval(items, true, false);
    };
  }

  /** {@code x < 1 or x > 3} is either; {@code x ≠ 1, x ≠ 3} and {@code x > 1, x < 3} are both. */
  private static @Nullable RealSet alternatives(List<Expression> items) {
    if (!items.stream().allMatch(Relation.class::isInstance)) {
      return null;
    }
    boolean exclusions =
        items.stream()
            .allMatch(item -> ((Relation) item).relations().contains(Comparator.NOT_EQUAL));
    RealSet either = combined(items, RealSet.EMPTY, RealSet::union);
    return exclusions || RealSet.ALL.equals(either)
        ? combined(items, RealSet.ALL, RealSet::intersection)
        : either;
  }

  private static @Nullable RealSet combined(
      List<Expression> items, RealSet start, BinaryOperator<RealSet> operation) {
    RealSet all = start;
    for (Expression item : items) {
      RealSet set = item instanceof Relation ? read(item) : null;
      if (set == null) {
        return null;
      }
      all = operation.apply(all, set);
    }
    return all;
  }

  private static @Nullable RealSet points(List<Expression> items) {
    RealSet all = RealSet.EMPTY;
    for (Expression item : items) {
      double value = value(item);
      if (!Double.isFinite(value)) {
        return null;
      }
      all = all.union(RealSet.point(value, item));
    }
    return all;
  }

  private static @Nullable RealSet interval(
      List<Expression> ends, boolean lowClosed, boolean highClosed) {
    if (ends.size() != 2) {
      return null;
    }
    End low = end(ends.getFirst(), lowClosed);
    End high = end(ends.getLast(), highClosed);
    return low == null || high == null || low.value() >= high.value()
        ? null
        : RealSet.between(low, high);
  }

  private static @Nullable End end(Expression source, boolean closed) {
    double value = value(source);
    if (Double.isNaN(value)) {
      return null;
    }
    return new End(value, closed && Double.isFinite(value), source);
  }

  private static double value(Expression expression) {
    return Variables.isConstant(expression) ? Approximation.real(expression) : Double.NaN;
  }

  /** The values of the one variable of a solved inequality: {@code 2 < x ≤ 5}, {@code 3 > |x|}. */
  private static @Nullable RealSet relation(Relation relation) {
    List<Expression> operands = relation.operands();
    if (relation.relations().equals(List.of(Comparator.IN))) {
      return Names.isName(operands.getFirst()) ? read(operands.getLast()) : null;
    }
    Expression variable = null;
    for (Expression operand : operands) {
      if (!Double.isNaN(value(operand))) {
        continue;
      }
      if (variable != null || !isVariable(operand)) {
        return null;
      }
      variable = operand;
    }
    if (variable == null) {
      return null;
    }
    RealSet values = bounded(operands, relation.relations(), operands.indexOf(variable));
    return values != null
            && variable instanceof Apply(String function, var of)
            && function.equals("abs")
            && of.size() == 1
        ? ofMagnitude(values)
        : values;
  }

  private static boolean isVariable(Expression operand) {
    return Names.isName(operand);
  }

  private static @Nullable RealSet bounded(
      List<Expression> operands, List<Comparator> comparators, int variable) {
    RealSet values = RealSet.ALL;
    for (int i = 0; i < comparators.size(); i++) {
      if (i != variable && i + 1 != variable) {
        return null;
      }
      boolean variableLeft = i == variable;
      Expression bound = operands.get(variableLeft ? i + 1 : i);
      Comparator comparator = comparators.get(i);
      RealSet side = side(variableLeft ? comparator : comparator.mirrored(), bound);
      if (side == null) {
        return null;
      }
      values = values.intersection(side);
    }
    return values;
  }

  private static @Nullable RealSet side(Comparator comparator, Expression bound) {
    double value = value(bound);
    return switch (comparator) {
      case LESS -> RealSet.between(End.MINUS_INFINITY, new End(value, false, bound));
      case LESS_OR_EQUAL -> RealSet.between(End.MINUS_INFINITY, new End(value, true, bound));
      case GREATER -> RealSet.between(new End(value, false, bound), End.PLUS_INFINITY);
      case GREATER_OR_EQUAL -> RealSet.between(new End(value, true, bound), End.PLUS_INFINITY);
      case NOT_EQUAL -> RealSet.point(value, bound).complement();
      case EQUAL, IN, CONGRUENT -> null;
    };
  }

  private static RealSet ofMagnitude(RealSet magnitudes) {
    End zero = new End(0, true, Expression.integer(0));
    RealSet positive = magnitudes.intersection(RealSet.between(zero, End.PLUS_INFINITY));
    return positive.union(positive.mirrored());
  }
}
