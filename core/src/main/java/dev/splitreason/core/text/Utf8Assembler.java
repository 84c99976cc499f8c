package dev.splitreason.core.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes characters of UTF-8 bytes that arrive token by token, and never gives out half a character.
 *
 * <p>Malformed bytes become U+FFFD. The pieces and {@link #finish} joined are what {@code new
 * String(allBytes, UTF_8)} gives, wherever the tokens' borders are. Not thread-safe.
 */
public final class Utf8Assembler {

  private static final byte[] NOTHING = {};

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private byte[] held = NOTHING;

  /** Takes a token's bytes and gives the characters that are complete now, possibly none. */
  public String append(byte[] bytes) {
    ByteBuffer input = ByteBuffer.allocate(held.length + bytes.length).put(held).put(bytes).flip();
    CharBuffer output = CharBuffer.allocate(input.remaining());
    decoder.decode(input, output, false);
    held = new byte[input.remaining()];
    input.get(held);
    return output.flip().toString();
  }

  /** Whether the bytes so far end within a character. */
  public boolean incomplete() {
    return held.length > 0;
  }

  /**
   * Ends the text: U+FFFD if it ended within a character, else nothing. Then a new one may begin.
   */
  public String finish() {
    String rest = new String(held, StandardCharsets.UTF_8);
    held = NOTHING;
    decoder.reset();
    return rest;
  }
}
