package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Token.Kind;
import java.util.List;

/** A place in a list of tokens. */
final class Cursor {

  private static final Token END = new Token(Kind.END, "");

  private final List<Token> tokens;
  private int at;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  Token next() {
    Token token = peek();
    at++;
    return token;
  }

  Token expect(Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected();
    }
    return next();
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw unexpected();
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected();
    }
  }

  String name() {
    return expect(Kind.NAME).text();
  }

  boolean isNext(String operator) {
    return peek().kind() == Kind.OPERATOR && peek().text().equals(operator);
  }

  boolean skip(String operator) {
    boolean there = isNext(operator);
    at += there ? 1 : 0;
    return there;
  }

  boolean skipName(String name) {
    boolean there = peek().kind() == Kind.NAME && peek().text().equals(name);
    at += there ? 1 : 0;
    return there;
  }

  JinjaException unexpected() {
    Token token = peek();
    return new JinjaException(
        "the template has "
            + (token.text().isEmpty() ? "an end of a tag" : "'" + token.text() + "'")
            + " where something else belongs");
  }
}
