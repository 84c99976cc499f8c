package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A policy with its dial, as people name them in one word.
 *
 * @param policy who writes when
 * @param offloadBias added to the open tag's logit; other than 0 for the learned policy only
 */
public record PolicyChoice(Policy policy, double offloadBias) {

  private static final String LEARNED = "learned:";

  public PolicyChoice {
    if (!(Math.abs(offloadBias) <= 100)) {
      throw new UserMistake("the offload bias must be in -100 … 100, not " + offloadBias);
    }
  }

  /**
   * Reads a policy as {@link Policy#parse} does, or {@code learned:BIAS}, as in {@code learned:+2}.
   *
   * @throws UserMistake with a one-line message, if it is neither
   */
  public static PolicyChoice parse(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    if (!stripped.startsWith(LEARNED)) {
      return new PolicyChoice(Policy.parse(text), 0);
    }
    try {
      double bias = Double.parseDouble(stripped.substring(LEARNED.length()));
      return new PolicyChoice(new Policy.Learned(), bias);
    } catch (NumberFormatException e) {
      throw new UserMistake(
          "'" + text + "' is no policy: the learned policy with a bias is written learned:+2", e);
    }
  }

  /**
   * Reads a comma-separated list, without what is said twice.
   *
   * @throws UserMistake with a one-line message, if one is no policy
   */
  public static List<PolicyChoice> parseList(String text) {
    return Arrays.stream(text.split(",", -1)).map(PolicyChoice::parse).distinct().toList();
  }

  /** The same; of the learned policy without a bias of its own, with this one. */
  public PolicyChoice withUsualBias(double bias) {
    return policy.usesTags() && offloadBias == 0 ? new PolicyChoice(policy, bias) : this;
  }

  /** The policy as {@link #parse} reads it; the same for all spellings of a policy. */
  public String label() {
    if (offloadBias == 0) {
      return policy.label();
    }
    boolean whole = offloadBias == Math.rint(offloadBias);
    String amount =
        whole ? "%+d".formatted((long) offloadBias) : (offloadBias > 0 ? "+" : "") + offloadBias;
    return LEARNED + amount;
  }
}
