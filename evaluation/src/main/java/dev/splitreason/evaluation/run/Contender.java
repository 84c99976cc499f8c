package dev.splitreason.evaluation.run;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: a policy and the models that it lets write.
 *
 * @param policy its label
 * @param small the small side's model, or null if it never writes
 * @param large the large side's model, or null if it never writes
 * @param run which of several runs measured it, where that is needed to tell it apart; else null
 */
public record Contender(
    String policy, @Nullable String small, @Nullable String large, @Nullable String run) {

  /** What a run by itself measures. */
  public Contender(String policy, @Nullable String small, @Nullable String large) {
    this(policy, small, large, null);
  }

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

  /** The same as measured by one of several runs. */
  public Contender of(String run) {
    return new Contender(policy, small, large, run);
  }

  /** Its models in words, as {@code small + large}, and the run in brackets. */
  public String models() {
    String models =
        Stream.of(small, large).filter(Objects::nonNull).collect(Collectors.joining(" + "));
    return run == null ? models : models + " (" + run + ")";
  }
}
