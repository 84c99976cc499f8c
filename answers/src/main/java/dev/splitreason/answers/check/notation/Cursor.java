package dev.splitreason.answers.check.notation;

/** A place in a text of {@link Spelling}, and the small steps a reader takes from it. */
final class Cursor {

  /** Stands for the end of the text. */
  static final char END = '\0';

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  /** The next character that is no space. */
  char peek() {
    skipSpaces();
    return here(0);
  }

  /** The character at an offset from here, spaces included. */
  char here(int offset) {
    int place = at + offset;
    return place >= 0 && place < text.length() ? text.charAt(place) : END;
  }

  boolean atEnd() {
    return peek() == END;
  }

  boolean afterSpace() {
    return here(-1) == ' ' || here(0) == ' ';
  }

  boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String expected) {
    skipSpaces();
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  void expect(char expected) {
    if (!take(expected)) {
      throw new Unreadable();
    }
  }

  /** The name of the command here: {@code frac}, or the brace for an escaped one; else empty. */
  String command() {
    if (peek() != '\\') {
      return "";
    }
    int end = at + 1;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    if (end == at + 1) {
      end = Math.min(end + 1, text.length());
    }
    return text.substring(at + 1, end);
  }

  boolean takeCommand(String name) {
    if (!command().equals(name)) {
      return false;
    }
    at += 1 + name.length();
    return true;
  }

  /** The letters here, as many as there are. */
  String letters() {
    skipSpaces();
    int end = at;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end);
  }

  /** The digits at an offset from here, as many as there are; spaces are not skipped. */
  String digits(int offset) {
    int start = at + offset;
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return start > text.length() ? "" : text.substring(start, end);
  }

  void skip(int characters) {
    at += characters;
  }

  /** The raw text of a balanced group in braces, which the cursor then stands behind. */
  String rawGroup() {
    expect('{');
    int start = at;
    for (int depth = 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        at++;
        return text.substring(start, at - 1);
      }
    }
    throw new Unreadable();
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
