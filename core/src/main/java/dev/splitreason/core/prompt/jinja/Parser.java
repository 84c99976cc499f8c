package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Expression.Given;
import dev.splitreason.core.prompt.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the blocks of a template; {@link ExpressionParser} reads what stands in them. */
final class Parser {

  private final Cursor tokens;
  private final ExpressionParser expressions;

  Parser(List<Token> tokens) {
    this.tokens = new Cursor(tokens);
    this.expressions = new ExpressionParser(this.tokens);
  }

  Statement template() {
    Statement all = until(Set.of());
    tokens.expect(Kind.END);
    return all;
  }

  /** What stands before a block with one of these names, of which the opening is read. */
  private Statement until(Set<String> ends) {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      switch (tokens.peek().kind()) {
        case TEXT -> {
          String text = tokens.next().text();
          statements.add((_, out) -> out.append(text));
        }
        case OPEN_OUTPUT -> {
          tokens.next();
          Expression value = expressions.whole();
          tokens.expect(Kind.CLOSE_OUTPUT);
          statements.add((scope, out) -> put(Values.text(value.in(scope)), out));
        }
        case OPEN_BLOCK -> {
          if (ends.contains(tokens.peek(1).text())) {
            tokens.next();
            return Statement.all(statements);
          }
          tokens.next();
          statements.add(block(tokens.name()));
        }
        default -> {
          return Statement.all(statements);
        }
      }
    }
  }

  private static void put(String text, StringBuilder out) {
    if (out.length() + text.length() > Values.LONGEST) {
      throw new JinjaException("the template makes too long a text");
    }
    out.append(text);
  }

  private Statement block(String name) {
    return switch (name) {
      case "if" -> conditional();
      case "for" -> loop();
      case "set" -> assignment();
      case "macro" -> macro();
      case "generation" -> through("endgeneration");
      case "break", "continue" -> {
        tokens.expect(Kind.CLOSE_BLOCK);
        yield (_, _) -> {
          throw new Statement.Jump(name.equals("break"));
        };
      }
      default -> throw new JinjaException("the template has a block '" + name + "'");
    };
  }

  private Statement through(String end) {
    tokens.expect(Kind.CLOSE_BLOCK);
    Statement body = until(Set.of(end));
    end(end);
    return body;
  }

  private void end(String name) {
    tokens.expectName(name);
    tokens.expect(Kind.CLOSE_BLOCK);
  }

  private Statement conditional() {
    Expression condition = expressions.whole();
    tokens.expect(Kind.CLOSE_BLOCK);
    Statement then = until(Set.of("elif", "else", "endif"));
    Statement otherwise =
        switch (tokens.name()) {
          case "elif" -> conditional();
          case "else" -> through("endif");
          default -> {
            tokens.expect(Kind.CLOSE_BLOCK);
            yield (_, _) -> {};
          }
        };
    return (scope, out) -> (Values.isTrue(condition.in(scope)) ? then : otherwise).run(scope, out);
  }

  private Statement loop() {
    List<String> names = names();
    tokens.expectName("in");
    Expression values = expressions.withoutCondition();
    Expression filter = tokens.skipName("if") ? expressions.whole() : _ -> true;
    tokens.expect(Kind.CLOSE_BLOCK);
    Statement body = until(Set.of("else", "endfor"));
    Statement otherwise =
        tokens.peek().text().equals("else") && tokens.skipName("else")
            ? through("endfor")
            : nothing("endfor");
    return new Loop(names, values, filter, body, otherwise);
  }

  private Statement nothing(String end) {
    end(end);
    return (_, _) -> {};
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of(tokens.name()));
    while (tokens.skip(",")) {
      names.add(tokens.name());
    }
    return List.copyOf(names);
  }

  private Statement assignment() {
    List<String> names = names();
    String attribute = tokens.skip(".") ? tokens.name() : "";
    if (!tokens.skip("=")) {
      tokens.expect(Kind.CLOSE_BLOCK);
      Statement body = until(Set.of("endset"));
      end("endset");
      return (scope, _) -> {
        var text = new StringBuilder();
        body.run(scope, text);
        scope.set(names.getFirst(), text.toString());
      };
    }
    Expression value = expressions.tuple();
    tokens.expect(Kind.CLOSE_BLOCK);
    if (!attribute.isEmpty()) {
      return (scope, _) -> Values.set(scope.get(names.getFirst()), attribute, value.in(scope));
    }
    return (scope, _) -> Loop.bind(names, value.in(scope), scope);
  }

  private Statement macro() {
    String name = tokens.name();
    Map<String, Expression> parameters = new LinkedHashMap<>();
    tokens.expect("(");
    while (!tokens.skip(")")) {
      String parameter = tokens.name();
      parameters.put(parameter, tokens.skip("=") ? expressions.whole() : _ -> Nothing.UNDEFINED);
      tokens.skip(",");
    }
    Statement body = through("endmacro");
    return (scope, _) -> {
      Scope around = scope.outermost();
      Expression.Callable macro =
          arguments -> {
            Scope inner = around.inner();
            int place = 0;
            for (Map.Entry<String, Expression> parameter : parameters.entrySet()) {
              inner.set(
                  parameter.getKey(),
                  arguments.get(place++, parameter.getKey(), parameter.getValue().in(inner)));
            }
            var text = new StringBuilder();
            body.run(inner, text);
            return text.toString();
          };
      scope.set(name, macro);
    };
  }

  /** What stands between parentheses behind what is called; the first one is read. */
  static Given given(Cursor tokens, ExpressionParser expressions) {
    List<Expression> values = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skip(")")) {
      if (tokens.peek().kind() == Kind.NAME && tokens.peek(1).text().equals("=")) {
        String name = tokens.name();
        tokens.expect("=");
        named.put(name, expressions.whole());
      } else {
        values.add(expressions.whole());
      }
      if (!tokens.skip(",")) {
        tokens.expect(")");
        break;
      }
    }
    return new Given(values, named);
  }
}
