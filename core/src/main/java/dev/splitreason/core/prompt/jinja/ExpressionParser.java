package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Expression.Arguments;
import dev.splitreason.core.prompt.jinja.Expression.Given;
import dev.splitreason.core.prompt.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads expressions, what binds least first. */
final class ExpressionParser {

  private final Cursor tokens;

  ExpressionParser(Cursor tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several with commas between them, which are a list. */
  Expression tuple() {
    Expression first = whole();
    if (!tokens.isNext(",")) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (tokens.skip(",")) {
      all.add(whole());
    }
    return listOf(all);
  }

  Expression whole() {
    Expression value = withoutCondition();
    if (!tokens.skipName("if")) {
      return value;
    }
    Expression condition = withoutCondition();
    Expression otherwise = tokens.skipName("else") ? whole() : _ -> Nothing.UNDEFINED;
    return scope -> (Values.isTrue(condition.in(scope)) ? value : otherwise).in(scope);
  }

  /** An expression that no {@code if} follows, as what a loop goes over. */
  Expression withoutCondition() {
    Expression left = conjunction();
    while (tokens.skipName("or")) {
      Expression first = left;
      Expression second = conjunction();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.isTrue(value) ? value : second.in(scope);
          };
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = negation();
    while (tokens.skipName("and")) {
      Expression first = left;
      Expression second = negation();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.isTrue(value) ? second.in(scope) : value;
          };
    }
    return left;
  }

  private Expression negation() {
    if (tokens.skipName("not")) {
      Expression value = negation();
      return scope -> !Values.isTrue(value.in(scope));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    while (true) {
      BinaryOperator<Object> operator = comparing();
      if (operator == null) {
        return left;
      }
      left = both(left, sum(), operator);
    }
  }

  /** What compares here; null if nothing does. */
  private @Nullable BinaryOperator<Object> comparing() {
    if (tokens.skip("==")) {
      return Values::areEqual;
    }
    if (tokens.skip("!=")) {
      return (a, b) -> !Values.areEqual(a, b);
    }
    if (tokens.skip("<")) {
      return (a, b) -> Values.compare(a, b) < 0;
    }
    if (tokens.skip("<=")) {
      return (a, b) -> Values.compare(a, b) <= 0;
    }
    if (tokens.skip(">")) {
      return (a, b) -> Values.compare(a, b) > 0;
    }
    if (tokens.skip(">=")) {
      return (a, b) -> Values.compare(a, b) >= 0;
    }
    if (tokens.skipName("in")) {
      return (a, b) -> Values.contains(b, a);
    }
    if (tokens.peek().text().equals("not") && tokens.peek(1).text().equals("in")) {
      tokens.next();
      tokens.next();
      return (a, b) -> !Values.contains(b, a);
    }
    return null;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (tokens.skip("+")) {
        left = both(left, product(), Values::plus);
      } else if (tokens.skip("-")) {
        left = both(left, product(), (a, b) -> Values.number(a, '-', b));
      } else if (tokens.skip("~")) {
        left = both(left, product(), (a, b) -> Values.text(a) + Values.text(b));
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = sign();
    while (true) {
      if (tokens.skip("*")) {
        left = both(left, sign(), Values::times);
      } else if (tokens.skip("/")) {
        left = both(left, sign(), (a, b) -> Values.real(a) / Values.real(b));
      } else if (tokens.skip("//")) {
        left = both(left, sign(), (a, b) -> Values.number(a, '/', b));
      } else if (tokens.skip("%")) {
        left = both(left, sign(), (a, b) -> Values.number(a, '%', b));
      } else {
        return left;
      }
    }
  }

  private static Expression both(
      Expression left, Expression right, BinaryOperator<Object> operator) {
    return scope -> operator.apply(left.in(scope), right.in(scope));
  }

  private Expression sign() {
    if (tokens.skip("-")) {
      Expression value = sign();
      return scope -> Values.number(0L, '-', value.in(scope));
    }
    tokens.skip("+");
    return followed(primary());
  }

  /** A value with what follows it: attributes, places, calls, filters, tests. */
  private Expression followed(Expression first) {
    Expression value = first;
    while (true) {
      Expression of = value;
      if (tokens.skip(".")) {
        String name = tokens.next().text();
        value =
            tokens.skip("(")
                ? method(of, name, Parser.given(tokens, this))
                : scope -> Values.attribute(of.in(scope), name);
      } else if (tokens.skip("[")) {
        value = place(of);
      } else if (tokens.skip("(")) {
        Given given = Parser.given(tokens, this);
        value = scope -> Values.call(of.in(scope), given.in(scope));
      } else if (tokens.skip("|")) {
        String name = tokens.name();
        Given given = given();
        Builtins.requireFilter(name);
        value = scope -> Builtins.filter(name, of.in(scope), given.in(scope));
      } else if (tokens.skipName("is")) {
        value = test(of);
      } else {
        return value;
      }
    }
  }

  private static Expression method(Expression of, String name, Given given) {
    return scope -> {
      scope.step();
      Object receiver = of.in(scope);
      Arguments arguments = given.in(scope);
      return Values.attribute(receiver, name) instanceof Expression.Callable own
          ? own.call(arguments)
          : Methods.call(receiver, name, arguments);
    };
  }

  private Given given() {
    return tokens.skip("(") ? Parser.given(tokens, this) : new Given(List.of(), Map.of());
  }

  private Expression test(Expression of) {
    boolean negated = tokens.skipName("not");
    String name = tokens.name();
    Given given;
    if (tokens.skip("(")) {
      given = Parser.given(tokens, this);
    } else if (Builtins.comparesWithOne(name)) {
      given = new Given(List.of(followed(primary())), Map.of());
    } else {
      given = new Given(List.of(), Map.of());
    }
    Builtins.requireTest(name);
    return scope -> Builtins.test(name, of.in(scope), given.in(scope)) != negated;
  }

  private Expression place(Expression of) {
    Expression from = tokens.isNext(":") ? _ -> Nothing.NONE : whole();
    if (tokens.skip("]")) {
      return scope -> Values.item(of.in(scope), from.in(scope));
    }
    tokens.expect(":");
    Expression to = tokens.isNext(":") || tokens.isNext("]") ? _ -> Nothing.NONE : whole();
    Expression step = tokens.skip(":") && !tokens.isNext("]") ? whole() : _ -> Nothing.NONE;
    tokens.expect("]");
    return scope -> Values.slice(of.in(scope), from.in(scope), to.in(scope), step.in(scope));
  }

  private Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case STRING -> {
        var text = new StringBuilder(token.text());
        while (tokens.peek().kind() == Kind.STRING) {
          text.append(tokens.next().text());
        }
        String whole = text.toString();
        yield _ -> whole;
      }
      case NUMBER -> {
        Object number =
            token.text().contains(".")
                ? (Object) Double.parseDouble(token.text())
                : (Object) Long.parseLong(token.text());
        yield _ -> number;
      }
      case NAME -> named(token.text());
      case OPERATOR -> bracketed(token.text());
      default -> throw tokens.unexpected();
    };
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> _ -> true;
      case "false", "False" -> _ -> false;
      case "none", "None" -> _ -> Nothing.NONE;
      default -> scope -> scope.get(name);
    };
  }

  private Expression bracketed(String open) {
    return switch (open) {
      case "(" -> parenthesised();
      case "[" -> listOf(until("]"));
      case "{" -> map();
      default -> throw new JinjaException("the template has '" + open + "' where a value belongs");
    };
  }

  private Expression parenthesised() {
    if (tokens.skip(")")) {
      return listOf(List.of());
    }
    Expression inside = tuple();
    tokens.expect(")");
    return inside;
  }

  private List<Expression> until(String end) {
    List<Expression> values = new ArrayList<>();
    while (!tokens.skip(end)) {
      values.add(whole());
      tokens.skip(",");
    }
    return values;
  }

  private Expression map() {
    Map<Expression, Expression> entries = new LinkedHashMap<>();
    while (!tokens.skip("}")) {
      Expression key = whole();
      tokens.expect(":");
      entries.put(key, whole());
      tokens.skip(",");
    }
    return scope -> {
      Map<String, Object> map = new LinkedHashMap<>();
      entries.forEach((key, value) -> map.put(Values.text(key.in(scope)), value.in(scope)));
      return map;
    };
  }

  private static Expression listOf(List<Expression> values) {
    return scope -> {
      List<Object> list = new ArrayList<>();
      for (Expression value : values) {
        list.add(value.in(scope));
      }
      return list;
    };
  }
}
