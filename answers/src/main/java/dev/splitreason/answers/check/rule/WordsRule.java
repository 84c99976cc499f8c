package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import dev.splitreason.answers.check.notation.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names, weekdays, yes and no: words are compared without regard to case and marks, and with the
 * letters of a formula, since {@code odd} without {@code \text} reads as o·d·d.
 */
record WordsRule() implements Rule {

  private static final String METHOD = "text";

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (!(gold instanceof Words) && !(answer instanceof Words)) {
      return null;
    }
    if (isSet(gold) || isSet(answer)) {
      return null;
    }
    String reference = letters(gold);
    String given = letters(answer);
    boolean equal = reference != null && given != null && phrase(reference).equals(phrase(given));
    return new Decision(equal, METHOD);
  }

  /** "All real numbers" is a set in words, which {@link IntervalRule} knows. */
  private static boolean isSet(Expression expression) {
    return expression instanceof Words(String text)
        ? RealSetReader.named(text) != null
        : expression instanceof NamedSet;
  }

  private static String phrase(String text) {
    String folded = Spelling.fold(text);
    return folded.equals("dne") ? "does not exist" : folded;
  }

  private static @Nullable String letters(Expression expression) {
    return switch (expression) {
      case Words(String text) -> text;
      case Symbol(String name) -> name;
      case Constant constant when constant == Constant.E -> "e";
      case Constant constant when constant == Constant.I -> "i";
      case Product(var factors) -> joined(factors, "");
      case Group(var bracket, var items) -> joined(items, " ");
      default -> null;
    };
  }

  private static @Nullable String joined(List<Expression> parts, String by) {
    List<String> all = new ArrayList<>();
    for (Expression part : parts) {
      String one = letters(part);
      if (one == null) {
        return null;
      }
      all.add(one);
    }
    return String.join(by, all);
  }
}
