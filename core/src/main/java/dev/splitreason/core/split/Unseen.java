package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.TokenBoundary;
import dev.splitreason.core.text.Utf8Assembler;
import java.util.Arrays;
import java.util.List;

/**
 * What a model has not read yet: token ids where the models share them, and text where they do not.
 * Ids come before text. Not thread-safe.
 */
final class Unseen {

  /** A part that is read at once. */
  record Part(int[] ids, String text) {

    static final Part NOTHING = new Part(new int[0], "");

    boolean isEmpty() {
      return ids.length == 0 && text.isEmpty();
    }
  }

  private static final int CHARACTERS_A_TOKEN = 4;

  private int[] ids = new int[64];
  private int count;
  private final StringBuilder text = new StringBuilder();
  private final Utf8Assembler characters = new Utf8Assembler();

  /** About how many tokens it is. */
  int size() {
    return count + text.length() / CHARACTERS_A_TOKEN;
  }

  void addIds(int... more) {
    if (count + more.length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length));
    }
    System.arraycopy(more, 0, ids, count, more.length);
    count += more.length;
  }

  void addText(String more) {
    text.append(more);
  }

  /** Adds tokens of another vocabulary; an incomplete character waits for its end. */
  void addTextOf(List<Token> tokens) {
    for (Token token : tokens) {
      text.append(characters.append(token.bytes()));
    }
  }

  /** Takes everything: what comes next begins where a token may begin. */
  Part takeAll() {
    return take(text.length());
  }

  /** Takes what is there up to the last place that no token can span. */
  Part takeWhole() {
    return take(TokenBoundary.last(text));
  }

  private Part take(int cut) {
    Part part = new Part(Arrays.copyOf(ids, count), text.substring(0, cut));
    count = 0;
    text.delete(0, cut);
    return part;
  }
}
