package dev.splitreason.core.split;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * A tag as a model spells it, wherever the borders of its tokens are: the tag may begin inside a
 * token and end inside one. Works on bytes as strings of their values, so that a token may end
 * inside a character.
 */
final class SpelledTag {

  /** The most blank tokens before a tag. */
  private static final int MOST_BLANKS = 4;

  private static final int OPEN = -1;
  private static final int IMPOSSIBLE = -2;

  private SpelledTag() {}

  /** A text as its bytes' values. */
  static String bytes(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  /** Bytes' values. */
  static String bytes(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** Whether a tag begins in a token, which may end in it or behind it. */
  static boolean beginsIn(String token, String tag) {
    for (int start = 0; start < token.length(); start++) {
      if (agree(token.substring(start), tag)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets a session go on to see whether it writes a tag: at once, or behind blanks, or behind or
   * inside its first token. What it wrote is left in the session.
   *
   * @return the text before the tag, empty if it is blank; null if there is no tag
   */
  static @Nullable String textBefore(String tag, Session session, Sampling sampling)
      throws InterruptedException {
    String wanted = bytes(tag);
    StringBuilder seen = new StringBuilder();
    int[] first = {0};
    int[] place = {OPEN};
    session.decode(
        DecodeRequest.upTo(wanted.length() + MOST_BLANKS, sampling)
            .withStop(
                token -> {
                  place[0] = placeAfter(token, seen, first, wanted);
                  return place[0] != OPEN;
                }),
        token -> {});
    if (place[0] < 0) {
      return null;
    }
    String before = new String(seen.substring(0, place[0]).getBytes(ISO_8859_1), UTF_8);
    return before.isBlank() ? "" : before;
  }

  private static int placeAfter(Token token, StringBuilder seen, int[] first, String tag) {
    seen.append(bytes(token.bytes()));
    if (first[0] == 0) {
      first[0] = seen.length();
    }
    boolean open = false;
    for (int place = 0; place <= seen.length(); place++) {
      if (place > first[0] && !seen.substring(0, place).isBlank()) {
        break;
      }
      String rest = seen.substring(place);
      if (rest.startsWith(tag)) {
        return place;
      }
      open |= agree(rest, tag);
    }
    return open ? OPEN : IMPOSSIBLE;
  }

  /** Whether one of them begins with the other. */
  private static boolean agree(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }
}
