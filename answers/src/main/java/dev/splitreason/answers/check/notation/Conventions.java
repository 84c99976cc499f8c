package dev.splitreason.answers.check.notation;

/**
 * How to read what may be read in more than one way.
 *
 * @param commas what commas between digits mean
 * @param slash how far a slash reaches
 */
public record Conventions(Commas commas, Slash slash) {

  /** What is meant most often. */
  public static final Conventions LIKELIEST = new Conventions(Commas.THOUSANDS, Slash.ONE_FACTOR);

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
