package dev.splitreason.answers.check.notation;

/**
 * How to read what may be read in more than one way.
 *
 * @param commas what commas between digits mean
 * @param slash how far a slash reaches
 * @param letters what a letter behind a number, and a short word in a formula, may be
 */
public record Conventions(Commas commas, Slash slash, Letters letters) {

  /** What is meant most often. */
  public static final Conventions LIKELIEST =
      new Conventions(Commas.THOUSANDS, Slash.ONE_FACTOR, Letters.UNITS_AND_WORDS);

  /** The likeliest, with other commas. */
  public static Conventions with(Commas commas) {
    return new Conventions(commas, Slash.ONE_FACTOR, Letters.UNITS_AND_WORDS);
  }

  /** The likeliest, with another slash. */
  public static Conventions with(Slash slash) {
    return new Conventions(Commas.THOUSANDS, slash, Letters.UNITS_AND_WORDS);
  }

  /** The likeliest, with other letters. */
  public static Conventions with(Letters letters) {
    return new Conventions(Commas.THOUSANDS, Slash.ONE_FACTOR, letters);
  }

  /** What a letter behind a number, and a short word in a formula, may be. */
  public enum Letters {
    /** {@code 3 s^2} is a time squared, {@code at} a word. */
    UNITS_AND_WORDS,
    /** {@code 3 s^2} is three times the square of s, {@code at} a product. */
    VARIABLES
  }

  /** What a comma between digits means. */
  public enum Commas {
    /** Outside brackets, before exactly three digits, it groups: 7,425,000. */
    THOUSANDS,
    /** It always parts items: 100,200. */
    SEPARATORS,
    /** It is the decimal point: 2,75. */
    DECIMAL
  }

  /** What a slash divides by, where factors follow side by side. */
  public enum Slash {
    /** {@code 1/2x} is half of x. */
    ONE_FACTOR,
    /** {@code 1/2x} is one over 2x. */
    ALL_FACTORS
  }
}
