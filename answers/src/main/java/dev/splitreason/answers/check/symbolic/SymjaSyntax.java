package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Writes expressions in Symja's input language.
 *
 * <p>Variables are renamed {@code x1, x2, …} and unknown functions {@code fun1, …}, the same for
 * every expression one writer writes, so that no name meets one of Symja's own and nothing but
 * arithmetic can be asked for.
 */
public final class SymjaSyntax {

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("sin", "Sin"),
          Map.entry("cos", "Cos"),
          Map.entry("tan", "Tan"),
          Map.entry("cot", "Cot"),
          Map.entry("sec", "Sec"),
          Map.entry("csc", "Csc"),
          Map.entry("arcsin", "ArcSin"),
          Map.entry("arccos", "ArcCos"),
          Map.entry("arctan", "ArcTan"),
          Map.entry("sinh", "Sinh"),
          Map.entry("cosh", "Cosh"),
          Map.entry("tanh", "Tanh"),
          Map.entry("exp", "Exp"),
          Map.entry("ln", "Log"),
          Map.entry("logbase", "Log"),
          Map.entry("abs", "Abs"),
          Map.entry("floor", "Floor"),
          Map.entry("ceil", "Ceiling"),
          Map.entry("factorial", "Factorial"),
          Map.entry("doublefactorial", "Factorial2"),
          Map.entry("binomial", "Binomial"),
          Map.entry("gcd", "GCD"),
          Map.entry("lcm", "LCM"),
          Map.entry("min", "Min"),
          Map.entry("max", "Max"),
          Map.entry("mod", "Mod"),
          Map.entry("Re", "Re"),
          Map.entry("Im", "Im"),
          Map.entry("arg", "Arg"),
          Map.entry("det", "Det"));

  private final Map<String, String> names = new LinkedHashMap<>();

  /** The variables written so far, under their new names. */
  public List<String> variables() {
    return names.values().stream().filter(name -> name.startsWith("x")).toList();
  }

  /** The expression in Symja's language; null when it is no formula: words, sets, relations. */
  public @Nullable String write(Expression expression) {
    return switch (expression) {
      case Literal(BigFraction value, int decimals) -> "(" + fraction(value) + ")";
      case Constant constant -> constant(constant);
      case Symbol(String name) -> renamed(name, "x");
      case Sum(var terms) -> joined(terms, "+", "(", ")");
      case Product(var factors) -> joined(factors, "*", "(", ")");
      case Power(Expression base, Expression exponent) ->
          joined(List.of(base, exponent), "^", "(", ")");
      case Percent(Expression value) -> suffixed(value, "/100)");
      case Degrees(Expression value) -> suffixed(value, "*Pi/180)");
      case Apply(String function, var arguments) -> apply(function, arguments);
      case Matrix(var rows) -> matrix(rows);
      default -> null;
    };
  }

  private static String fraction(BigFraction value) {
    return value.isInteger()
        ? value.getNumerator().toString()
        : value.getNumerator() + "/" + value.getDenominator();
  }

  private static String constant(Constant constant) {
    return switch (constant) {
      case PI -> "Pi";
      case E -> "E";
      case I -> "I";
      case INFINITY -> "Infinity";
    };
  }

  private String renamed(String name, String prefix) {
    return names.computeIfAbsent(prefix + " " + name, _ -> prefix + (names.size() + 1));
  }

  private @Nullable String suffixed(Expression value, String suffix) {
    String written = write(value);
    return written == null ? null : "(" + written + suffix;
  }

  private @Nullable String joined(List<Expression> parts, String by, String open, String close) {
    StringBuilder written = new StringBuilder(open);
    for (Expression part : parts) {
      String one = write(part);
      if (one == null) {
        return null;
      }
      written.append(written.length() > open.length() ? by : "").append(one);
    }
    return written.append(close).toString();
  }

  private @Nullable String apply(String function, List<Expression> arguments) {
    if (function.equals("sum") || function.equals("prod")) {
      return series(function, arguments);
    }
    if (function.equals("log")) {
      return joined(arguments, ",", "Log(10,", ")");
    }
    String known = FUNCTIONS.get(function);
    return joined(arguments, ",", (known == null ? renamed(function, "fun") : known) + "(", ")");
  }

  private @Nullable String series(String function, List<Expression> arguments) {
    String term = write(arguments.getFirst());
    String range = joined(arguments.subList(1, 4), ",", "{", "}");
    if (term == null || range == null) {
      return null;
    }
    return (function.equals("sum") ? "Sum(" : "Product(") + term + "," + range + ")";
  }

  private @Nullable String matrix(List<List<Expression>> rows) {
    StringBuilder written = new StringBuilder();
    for (List<Expression> row : rows) {
      String one = joined(row, ",", "{", "}");
      if (one == null) {
        return null;
      }
      written.append(written.isEmpty() ? "{" : ",").append(one);
    }
    return written.append("}").toString();
  }
}
