package dev.splitreason.evaluation.calibration;

import dev.splitreason.core.policy.PolicyChoice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one number of a policy by which the large model writes more or less. A position on the dial
 * is 0 … 1, and a higher one gives the large model no smaller share.
 */
public enum Dial {
  /** The bias of the open tag. */
  LEARNED("learned", "learned:%s"),
  /** The probability. */
  RANDOM("random", "random:%s"),
  /** The threshold, in nats. */
  ENTROPY("entropy", "entropy:%s"),
  /** The threshold, in nats. */
  FIRST_TOKEN("glimpse", "glimpse:%s"),
  /** The threshold, in nats a token. */
  STEP_SCORING("judged", "judged:%s"),
  /** The threshold, in nats. */
  ROUTING("route", "route:%s");

  /** From hardly an open tag to almost nothing else. */
  private static final double MOST_BIAS = 20;

  // The entropy of a uniform choice among 160,000 tokens is 12 nats.
  private static final double HIGHEST_THRESHOLD = 12;

  /** A float's logits tell no smaller one apart. */
  private static final double LOWEST_THRESHOLD = 1e-6;

  /** Digits of a number that people copy. */
  private static final MathContext DIGITS = new MathContext(4);

  private final String policy;
  private final String form;

  Dial(String policy, String form) {
    this.policy = policy;
    this.form = form;
  }

  /** The dial of a policy that is named without its number, or null if it has none. */
  public static @Nullable Dial named(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(dial -> dial.policy.equals(name))
        .findFirst()
        .orElse(null);
  }

  /** All names, for texts that list them. */
  public static String names() {
    return Arrays.stream(values()).map(dial -> dial.policy).collect(Collectors.joining(", "));
  }

  /** The policy's name, without its number. */
  public String policy() {
    return policy;
  }

  /**
   * The policy at a position.
   *
   * @param position 0 … 1
   */
  public PolicyChoice at(double position) {
    double number =
        switch (this) {
          case LEARNED -> MOST_BIAS * (2 * position - 1);
          case RANDOM -> position;
          // Thresholds matter by their order of magnitude.
          case ENTROPY, FIRST_TOKEN, STEP_SCORING, ROUTING ->
              HIGHEST_THRESHOLD * Math.pow(LOWEST_THRESHOLD / HIGHEST_THRESHOLD, position);
        };
    return PolicyChoice.parse(form.formatted(new BigDecimal(number).round(DIGITS).toPlainString()));
  }
}
