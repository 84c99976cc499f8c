package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Collects factors and the words between them: units fall away, "million" multiplies, "percent"
 * marks.
 */
final class ProductBuilder {

  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");

  private final List<Expression> factors = new ArrayList<>();

  void times(Expression factor) {
    factors.add(factor);
  }

  void over(Expression divisor) {
    // "km/h": a unit over a unit.
    factors.add(divisor instanceof Words ? divisor : new Power(divisor, Expression.integer(-1)));
  }

  /** Whether all so far are plain numbers, so that a letter beside them may be a unit. */
  boolean isNumber() {
    return factors.stream().allMatch(ProductBuilder::isPlainNumber);
  }

  Expression last() {
    return factors.getLast();
  }

  void replaceLast(Expression factor) {
    factors.set(factors.size() - 1, factor);
  }

  Expression build() {
    if (factors.size() == 1) {
      return factors.getFirst() instanceof Words(String text) ? words(text) : factors.getFirst();
    }
    if (factors.stream().allMatch(Words.class::isInstance)) {
      return words(
          factors.stream().map(word -> ((Words) word).text()).collect(Collectors.joining(" ")));
    }
    List<Expression> values = new ArrayList<>();
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (Expression factor : factors) {
      if (factor instanceof Words(String text)) {
        NOT_LETTERS
            .splitAsStream(text)
            .filter(word -> !word.isEmpty())
            .forEach((values.isEmpty() ? before : after)::add);
      } else if (after.isEmpty()) {
        values.add(factor);
      } else {
        // "5 of the 12": a sentence with two values, not a product of them.
        throw new Unreadable();
      }
    }
    return described(values, before, after);
  }

  private static Expression words(String text) {
    Integer number = Vocabulary.number(text);
    return number == null ? new Words(text) : Expression.integer(number);
  }

  /** "n is even" is a sentence about n, not n; beside plain numbers words say what is counted. */
  private static Expression described(
      List<Expression> values, List<String> before, List<String> after) {
    boolean plain = values.stream().allMatch(ProductBuilder::isPlainNumber);
    boolean knownBefore = plain && before.stream().allMatch(Vocabulary::isUnit);
    if (!before.isEmpty() && !knownBefore) {
      throw new Unreadable();
    }
    List<Expression> all = new ArrayList<>(values);
    boolean percent = false;
    boolean degrees = false;
    for (String word : after) {
      Long scale = Vocabulary.scale(word);
      if (scale != null) {
        all.add(Expression.integer(scale));
      } else if (Vocabulary.isPercent(word)) {
        percent = true;
      } else if (Vocabulary.isDegrees(word)) {
        degrees = true;
      } else if (!plain && !Vocabulary.isUnit(word)) {
        throw new Unreadable();
      }
    }
    Expression product = all.size() == 1 ? all.getFirst() : new Product(List.copyOf(all));
    return percent ? new Percent(product) : degrees ? new Degrees(product) : product;
  }

  /** Whether a factor has no variable, so that words beside it can only say what is counted. */
  private static boolean isPlainNumber(Expression factor) {
    return switch (factor) {
      case Literal number -> true;
      case Expression.Constant constant -> true;
      case Percent(Expression value) -> isPlainNumber(value);
      case Degrees(Expression value) -> isPlainNumber(value);
      case Power(Expression base, Expression exponent) ->
          isPlainNumber(base) && isPlainNumber(exponent);
      case Product(var inner) -> inner.stream().allMatch(ProductBuilder::isPlainNumber);
      case Expression.Sum(var inner) -> inner.stream().allMatch(ProductBuilder::isPlainNumber);
      case Symbol symbol -> false;
      default -> false;
    };
  }
}
