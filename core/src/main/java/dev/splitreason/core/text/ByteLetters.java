package dev.splitreason.core.text;

/**
 * The letters that stand for bytes in byte-level vocabularies (GPT-2's bytes_to_unicode): a byte is
 * itself if it prints, else the next unused letter from U+0100 on.
 */
public final class ByteLetters {

  private static final int FIRST_UNUSED = 0x100;

  private ByteLetters() {}

  /**
   * The letter of a byte.
   *
   * @param value 0 … 255
   */
  public static char of(int value) {
    if (isPrintable(value)) {
      return (char) value;
    }
    int unprintableBelow = 0;
    for (int other = 0; other < value; other++) {
      unprintableBelow += isPrintable(other) ? 0 : 1;
    }
    return (char) (FIRST_UNUSED + unprintableBelow);
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
  }
}
