package dev.splitreason.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The letters that stand for bytes in a byte-level vocabulary (GPT-2's bytes_to_unicode). */
final class ByteLetters {

  private static final int[] BYTE_OF = new int[0x200];

  static {
    Arrays.fill(BYTE_OF, -1);
    int next = 0x100;
    for (int value = 0; value < 256; value++) {
      BYTE_OF[prints(value) ? value : next++] = value;
    }
  }

  private ByteLetters() {}

  private static boolean prints(int value) {
    return (value >= '!' && value <= '~') || (value >= '¡' && value <= '¬') || value >= '®';
  }

  /** A letter that stands for no byte stands for itself. */
  static byte[] bytes(String spelling) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(spelling.length());
    spelling
        .codePoints()
        .forEach(
            letter -> {
              if (letter < BYTE_OF.length && BYTE_OF[letter] >= 0) {
                bytes.write(BYTE_OF[letter]);
              } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
