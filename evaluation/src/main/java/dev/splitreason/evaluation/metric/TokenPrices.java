package dev.splitreason.evaluation.metric;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.Usage;

/**
 * What tokens of both models cost, as hosts of models say it.
 *
 * @param small of the small model
 * @param large of the large model
 */
public record TokenPrices(Price small, Price large) {

  private static final double MILLION = 1e6;

  /**
   * The price of a million tokens, in any currency.
   *
   * @param input read: prompts, and what the other model wrote
   * @param output written, kept or not
   */
  public record Price(double input, double output) {

    public Price {
      if (!(input >= 0 && output >= 0 && input + output < Double.POSITIVE_INFINITY)) {
        throw new UserMistake("a price must be a number of at least 0");
      }
    }

    /**
     * Reads {@code INPUT/OUTPUT}, or one number for both.
     *
     * @throws UserMistake with a one-line message, if it is neither
     */
    public static Price parse(String text) {
      String[] parts = text.strip().split("/", -1);
      try {
        if (parts.length <= 2) {
          return new Price(
              Double.parseDouble(parts[0]), Double.parseDouble(parts[parts.length - 1]));
        }
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
      throw wrong(text);
    }

    private static UserMistake wrong(String text) {
      return new UserMistake(
          "'" + text + "' is no price of a million tokens",
          "write INPUT/OUTPUT as in 0.10/0.40, or one number for both");
    }
  }

  /**
   * What one answer costs. What a model has read it has not to read again: hosts that keep no
   * prefixes charge more.
   */
  public double of(Usage usage) {
    double written = usage.smallTokens() + usage.rejectedTokens();
    double largeWritten = usage.largeTokens() + usage.discardedTokens();
    return (usage.smallPrefilled() * small.input
            + written * small.output
            + usage.largePrefilled() * large.input
            + largeWritten * large.output)
        / MILLION;
  }
}
