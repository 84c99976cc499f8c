package dev.splitreason.core.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The letters that stand for bytes in byte-level vocabularies (GPT-2's bytes_to_unicode): a byte is
 * itself if it prints, else the next unused letter from U+0100 on.
 */
public final class ByteLetters {

  private static final int FIRST_UNUSED = 0x100;
  private static final char[] LETTERS = new char[256];
  private static final int[] BYTES = new int[2 * FIRST_UNUSED];

  static {
    Arrays.fill(BYTES, -1);
    int unused = FIRST_UNUSED;
    for (int value = 0; value < LETTERS.length; value++) {
      LETTERS[value] = (char) (isPrintable(value) ? value : unused++);
      BYTES[LETTERS[value]] = value;
    }
  }

  private ByteLetters() {}

  /**
   * The letter of a byte.
   *
   * @param value 0 … 255
   */
  public static char of(int value) {
    return LETTERS[value];
  }

  /** The bytes that letters stand for; what stands for none is itself, in UTF-8. */
  public static byte[] bytes(String letters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(letters.length());
    letters
        .codePoints()
        .forEach(
            letter -> {
              if (letter < BYTES.length && BYTES[letter] >= 0) {
                bytes.write(BYTES[letter]);
              } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
  }
}
