package dev.splitreason.core.prompt.jinja;

import dev.splitreason.core.prompt.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template's source into tokens, and white space off where its tags ask for that. */
final class Lexer {

  private static final Pattern OPENING = Pattern.compile("\\{([{%#])([-+]?)");
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\s+|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<number>\\d+(?:\\.\\d+)?)"
              + "|(?<string>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
              + "|(?<operator>==|!=|<=|>=|//|\\*\\*|[-+*/%~<>=.,:|()\\[\\]{}])",
          Pattern.DOTALL);

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** Whether the last tag takes all white space behind it, or a block only its line break. */
  private boolean trimAll;

  private boolean trimLine;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    var lexer =
        new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
    lexer.read();
    return lexer.tokens;
  }

  private void read() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(at)) {
      char kind = opening.group(1).charAt(0);
      text(source.substring(at, opening.start()), kind, opening.group(2));
      at = opening.end();
      switch (kind) {
        case '#' -> comment();
        case '{' -> tag(Kind.OPEN_OUTPUT, Kind.CLOSE_OUTPUT, "}}");
        default -> tag(Kind.OPEN_BLOCK, Kind.CLOSE_BLOCK, "%}");
      }
    }
    text(source.substring(at), ' ', "");
    add(Kind.END, "");
  }

  private void text(String raw, char next, String control) {
    String text = raw;
    if (trimAll) {
      text = text.stripLeading();
    } else if (trimLine) {
      text = text.replaceFirst("^\\r?\\n", "");
    }
    if (control.equals("-")) {
      text = text.stripTrailing();
    } else if ((next == '%' || next == '#') && control.isEmpty()) {
      int line = text.lastIndexOf('\n') + 1;
      boolean beginsLine = line > 0 || isAtLineStart(raw, text);
      if (beginsLine && text.substring(line).isBlank()) {
        text = text.substring(0, line);
      }
    }
    if (!text.isEmpty()) {
      add(Kind.TEXT, text);
    }
  }

  /** Whether what is left of a text begins a line of the source. */
  private boolean isAtLineStart(String raw, String text) {
    int start = at + raw.length() - text.length();
    return start == 0 || source.charAt(start - 1) == '\n';
  }

  private void comment() {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw new JinjaException("a comment of the template has no end");
    }
    ends(source.charAt(end - 1) == '-', true);
    at = end + 2;
  }

  private void ends(boolean all, boolean isBlock) {
    trimAll = all;
    trimLine = isBlock && !all;
  }

  private void tag(Kind open, Kind close, String end) {
    add(open, "");
    int depth = 0;
    while (true) {
      if (depth == 0 && source.startsWith("-" + end, at)) {
        close(close, 3, true);
        return;
      }
      if (depth == 0 && source.startsWith(end, at)) {
        close(close, 2, false);
        return;
      }
      Matcher inside = INSIDE.matcher(source).region(at, source.length());
      if (!inside.lookingAt()) {
        throw new JinjaException(
            "the template has "
                + (at < source.length() ? "'" + source.charAt(at) + "' in a tag" : "an open tag"));
      }
      at = inside.end();
      if (inside.group("name") != null) {
        add(Kind.NAME, inside.group("name"));
      } else if (inside.group("number") != null) {
        add(Kind.NUMBER, inside.group("number"));
      } else if (inside.group("string") != null) {
        add(Kind.STRING, unescaped(inside.group("string")));
      } else if (inside.group("operator") != null) {
        String operator = inside.group("operator");
        depth += "([{".contains(operator) ? 1 : ")]}".contains(operator) ? -1 : 0;
        add(Kind.OPERATOR, operator);
      }
    }
  }

  private void close(Kind kind, int length, boolean all) {
    add(kind, "");
    at += length;
    ends(all, kind == Kind.CLOSE_BLOCK);
  }

  private static String unescaped(String literal) {
    var text = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char letter = literal.charAt(i);
      if (letter != '\\') {
        text.append(letter);
        continue;
      }
      char escaped = literal.charAt(++i);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'u' -> {
          if (!literal.substring(i + 1).matches("(?s)[0-9a-fA-F]{4}.+")) {
            throw new JinjaException("the template has an escape that is none");
          }
          text.append((char) Integer.parseInt(literal, i + 1, i + 5, 16));
          i += 4;
        }
        case '\\', '\'', '"' -> text.append(escaped);
        case '\n' -> {}
        default -> text.append('\\').append(escaped);
      }
    }
    return text.toString();
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text));
  }
}
