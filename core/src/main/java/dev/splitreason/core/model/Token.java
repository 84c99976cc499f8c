package dev.splitreason.core.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One token as a model wrote it: its id and the bytes it stands for.
 *
 * @param id the id in the model's vocabulary, or {@link #UNKNOWN_ID} where a remote model only
 *     tells the text
 * @param bytes UTF-8 bytes, possibly an incomplete character; a control token has its spelling. Not
 *     to be modified
 */
public record Token(int id, byte[] bytes) {

  /** The id of a token of which only the text is known. */
  public static final int UNKNOWN_ID = -1;

  /** A token of which only the text is known. */
  public static Token ofText(String text) {
    return new Token(UNKNOWN_ID, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes as text; an incomplete character becomes U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Token token && token.id == id && Arrays.equals(token.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * id + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return id + ":" + text();
  }
}
