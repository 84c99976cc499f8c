package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;
import java.util.Arrays;

/** The text of a token sequence as it grows, with the place in the text where each token ends. */
final class SpanText {

  private static final int INSIDE_CHARACTER = -1;

  private final StringBuilder text = new StringBuilder();
  private final Utf8Assembler characters = new Utf8Assembler();
  private int[] ends = new int[32];
  private int count;

  void add(Token token) {
    text.append(characters.append(token.bytes()));
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = characters.incomplete() ? INSIDE_CHARACTER : text.length();
  }

  /** Ends a character that is not complete, as U+FFFD: what comes next is no part of it. */
  void endCharacter() {
    if (characters.incomplete()) {
      text.append(characters.finish());
      ends[count - 1] = text.length();
    }
  }

  /** Whether all that was added ends with a character. */
  boolean endsCharacter() {
    return !characters.incomplete();
  }

  int length() {
    return text.length();
  }

  /** How many tokens there are. */
  int count() {
    return count;
  }

  char charAt(int index) {
    return text.charAt(index);
  }

  String substring(int from, int to) {
    return text.substring(from, to);
  }

  /** Where the first {@code tokens} tokens end; they must not end inside a character. */
  int end(int tokens) {
    return tokens == 0 ? 0 : ends[tokens - 1];
  }

  /** The most tokens that end at or before a place in the text, not inside a character. */
  int tokensWithin(int offset) {
    int tokens = count;
    while (tokens > 0 && (end(tokens) == INSIDE_CHARACTER || end(tokens) > offset)) {
      tokens--;
    }
    return tokens;
  }

  /** The most of the first {@code tokens} tokens that do not end inside a character. */
  int wholeCharacters(int tokens) {
    int whole = tokens;
    while (whole > 0 && end(whole) == INSIDE_CHARACTER) {
      whole--;
    }
    return whole;
  }
}
