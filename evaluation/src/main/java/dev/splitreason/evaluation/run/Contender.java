package dev.splitreason.evaluation.run;

import dev.splitreason.core.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: a policy and the models that it lets write.
 *
 * @param policy its label
 * @param small the small side's model, or null if it never writes
 * @param large the large side's model, or null if it never writes
 */
public record Contender(String policy, @Nullable String small, @Nullable String large) {

  /**
   * A policy with just those models of a pair that it lets write.
   *
   * @param small the name of the model that writes tags
   * @param large the name of the large model
   * @param base the name of the small model before it learned to, or null
   */
  public static Contender of(
      PolicyChoice choice, String small, String large, @Nullable String base) {
    Policy policy = choice.policy();
    String writer = policy.usesTags() || base == null ? small : base;
    return new Contender(
        choice.label(),
        policy instanceof Policy.LargeOnly ? null : writer,
        policy instanceof Policy.SmallOnly ? null : large);
  }

  /** Whether both sides write. */
  public boolean shared() {
    return small != null && large != null;
  }

  /** Its models in words, as {@code small + large}. */
  public String models() {
    if (small == null) {
      return String.valueOf(large);
    }
    return large == null ? small : small + " + " + large;
  }
}
