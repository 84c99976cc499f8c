package dev.splitreason.engine.openai;

import com.openai.models.completions.CompletionCreateParams.Prompt;
import dev.splitreason.core.model.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a session holds, as it is sent with each request: a server keeps no session, it recognises
 * the prefix that it has computed before.
 */
sealed interface Transcript {

  /** The number of tokens. */
  int length();

  /** Appends a token that the model wrote. */
  void append(Token token);

  /** Drops every token from a position on. */
  void truncate(int length);

  Transcript copy();

  /** As the server takes it. */
  Prompt prompt();

  /** Checks a length to truncate to. */
  private static void requireWithin(int newLength, int length) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "a session of " + length + " tokens cannot be truncated to " + newLength);
    }
  }

  /** Token ids. */
  final class Ids implements Transcript {
    private int[] ids = new int[64];
    private int length;

    @Override
    public int length() {
      return length;
    }

    void append(int... run) {
      if (length + run.length > ids.length) {
        ids = Arrays.copyOf(ids, Math.max(2 * ids.length, length + run.length));
      }
      System.arraycopy(run, 0, ids, length, run.length);
      length += run.length;
    }

    @Override
    public void append(Token token) {
      append(token.id());
    }

    /** All of them. */
    int[] all() {
      return before(length, length);
    }

    /** The tokens before a position, at most the last {@code most} of them. */
    int[] before(int position, int most) {
      return Arrays.copyOfRange(ids, Math.max(0, position - most), position);
    }

    @Override
    public void truncate(int newLength) {
      requireWithin(newLength, length);
      length = newLength;
    }

    @Override
    public Ids copy() {
      Ids copy = new Ids();
      copy.append(Arrays.copyOf(ids, length));
      return copy;
    }

    @Override
    public Prompt prompt() {
      return CompletionRequests.ofIds(ids, length);
    }
  }

  /**
   * Text. A token that the model wrote is one token; text that was appended counts as about as many
   * as it will be, and can only be dropped whole.
   */
  final class Text implements Transcript {
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int INSIDE = -1;

    private final StringBuilder text = new StringBuilder();
    private final boolean beginIsAdded;
    private int[] ends = new int[64];
    private int length;

    @Override
    public int length() {
      return length;
    }

    /**
     * An empty text.
     *
     * @param beginIsAdded whether the server puts a token that begins a text before it by itself
     */
    Text(boolean beginIsAdded) {
      this.beginIsAdded = beginIsAdded;
    }

    void append(String more) {
      if (more.isEmpty()) {
        return;
      }
      int tokens = Math.ceilDiv(more.length(), CHARACTERS_A_TOKEN);
      for (int i = 1; i < tokens; i++) {
        end(INSIDE);
      }
      text.append(more);
      end(text.length());
    }

    @Override
    public void append(Token token) {
      text.append(new String(token.bytes(), StandardCharsets.UTF_8));
      end(text.length());
    }

    private void end(int offset) {
      if (length == ends.length) {
        ends = Arrays.copyOf(ends, 2 * length);
      }
      ends[length++] = offset;
    }

    @Override
    public void truncate(int newLength) {
      requireWithin(newLength, length);
      int end = newLength == 0 ? 0 : ends[newLength - 1];
      if (end == INSIDE) {
        throw new IllegalArgumentException(
            "a session of text cannot be truncated to "
                + newLength
                + " tokens: that is inside a text whose tokens are unknown");
      }
      length = newLength;
      text.setLength(end);
    }

    @Override
    public Text copy() {
      Text copy = new Text(beginIsAdded);
      copy.text.append(text);
      copy.ends = Arrays.copyOf(ends, Math.max(64, length));
      copy.length = length;
      return copy;
    }

    @Override
    public Prompt prompt() {
      String all = text.toString();
      return Prompt.ofString(beginIsAdded ? BeginOfText.without(all) : all);
    }
  }
}
