package dev.splitreason.simulator.answer;

import dev.splitreason.core.error.UserMistake;
import java.util.Locale;

/**
 * Speculative decoding: the small model drafts, the large one verifies in one pass (arXiv
 * 2211.17192).
 *
 * @param acceptance the probability that a drafted token is accepted, if those before it are
 * @param draft tokens drafted at a time (γ)
 */
public record Speculation(double acceptance, int draft) {

  /** Four in five, five at a time: usual for a draft model of the same family. */
  public static final Speculation DEFAULT = new Speculation(0.8, 5);

  public Speculation {
    if (!(acceptance >= 0 && acceptance <= 1) || draft < 1) {
      throw new UserMistake(
          String.format(
              Locale.ROOT,
              "speculation needs an acceptance rate in 0 … 1 and a draft of at least 1 token, not"
                  + " %s and %d",
              acceptance,
              draft));
    }
  }

  /**
   * Reads {@code ACCEPTANCE} or {@code ACCEPTANCE:DRAFT}.
   *
   * @throws UserMistake with a one-line message, if it is neither
   */
  public static Speculation parse(String text) {
    String[] parts = text.strip().split(":", -1);
    try {
      if (parts.length <= 2) {
        int draft = parts.length == 2 ? Integer.parseInt(parts[1]) : DEFAULT.draft();
        return new Speculation(Double.parseDouble(parts[0]), draft);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UserMistake(
        "'" + text + "' is no speculation", "use ACCEPTANCE or ACCEPTANCE:DRAFT, such as 0.8:5");
  }
}
