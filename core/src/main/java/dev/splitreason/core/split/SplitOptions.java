package dev.splitreason.core.split;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What one request may ask for.
 *
 * @param policy who writes when
 * @param sampling how both models draw; each derives a seed of its own from it
 * @param maxTokens the most kept tokens of an answer
 * @param timeBudget after which the answer ends where it is
 * @param maxOffloadRatio a hard cap: at no time is a larger share of the kept tokens the large
 *     model's; 1 for no cap
 * @param largeBudget a hard cap: the most kept tokens of the large model, at least 0; {@link
 *     Integer#MAX_VALUE} for no cap
 * @param offloadBias added to the open tag's logit: above 0 offloads more, below less
 * @param pipelined whether the idle model is kept warm while the other writes; the kept text is the
 *     same either way
 * @param largeTimeout the longest silence of the large model, from one token to the next or for the
 *     prefill before the first, before it counts as failed
 */
public record SplitOptions(
    Policy policy,
    Sampling sampling,
    int maxTokens,
    Duration timeBudget,
    double maxOffloadRatio,
    int largeBudget,
    double offloadBias,
    boolean pipelined,
    Duration largeTimeout) {

  /** Learned tags, greedy, pipelined, 4096 tokens, an hour. */
  public static final SplitOptions DEFAULT =
      new SplitOptions(
          new Policy.Learned(),
          Sampling.GREEDY,
          4096,
          Duration.ofHours(1),
          1,
          Integer.MAX_VALUE,
          0,
          true,
          Duration.ofMinutes(2));

  public SplitOptions {
    if (maxTokens < 1) {
      throw new UserMistake("an answer needs at least 1 token, not " + maxTokens);
    }
    if (!(maxOffloadRatio >= 0 && maxOffloadRatio <= 1)) {
      throw new UserMistake("the maximum offload ratio must be in 0 … 1, not " + maxOffloadRatio);
    }
    if (largeBudget < 0) {
      throw new UserMistake("the large model's budget must be at least 0, not " + largeBudget);
    }
    if (!(Math.abs(offloadBias) <= 100)) {
      throw new UserMistake("the offload bias must be in -100 … 100, not " + offloadBias);
    }
    if (timeBudget.isNegative()
        || timeBudget.isZero()
        || largeTimeout.isNegative()
        || largeTimeout.isZero()) {
      throw new UserMistake("time limits must be above 0");
    }
  }

  /** The same options under another policy. */
  public SplitOptions withPolicy(Policy policy) {
    return with(copy -> copy.policy = policy);
  }

  /** The same options with other sampling. */
  public SplitOptions withSampling(Sampling sampling) {
    return with(copy -> copy.sampling = sampling);
  }

  /** The same options with another token budget. */
  public SplitOptions withMaxTokens(int maxTokens) {
    return with(copy -> copy.maxTokens = maxTokens);
  }

  /** The same options with another time budget. */
  public SplitOptions withTimeBudget(Duration timeBudget) {
    return with(copy -> copy.timeBudget = timeBudget);
  }

  /** The same options with another cap on the share of the large model. */
  public SplitOptions withMaxOffloadRatio(double maxOffloadRatio) {
    return with(copy -> copy.maxOffloadRatio = maxOffloadRatio);
  }

  /** The same options with another cap on the tokens of the large model. */
  public SplitOptions withLargeBudget(int largeBudget) {
    return with(copy -> copy.largeBudget = largeBudget);
  }

  /** The same options with another bias of the open tag. */
  public SplitOptions withOffloadBias(double offloadBias) {
    return with(copy -> copy.offloadBias = offloadBias);
  }

  /** The same options, pipelined or not. */
  public SplitOptions withPipelined(boolean pipelined) {
    return with(copy -> copy.pipelined = pipelined);
  }

  /** The same options with another limit on the silence of the large model. */
  public SplitOptions withLargeTimeout(Duration largeTimeout) {
    return with(copy -> copy.largeTimeout = largeTimeout);
  }

  private SplitOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new SplitOptions(
        copy.policy,
        copy.sampling,
        copy.maxTokens,
        copy.timeBudget,
        copy.maxOffloadRatio,
        copy.largeBudget,
        copy.offloadBias,
        copy.pipelined,
        copy.largeTimeout);
  }

  /** Options that can still be changed. */
  private static final class Copy {
    Policy policy;
    Sampling sampling;
    int maxTokens;
    Duration timeBudget;
    double maxOffloadRatio;
    int largeBudget;
    double offloadBias;
    boolean pipelined;
    Duration largeTimeout;

    Copy(SplitOptions options) {
      policy = options.policy;
      sampling = options.sampling;
      maxTokens = options.maxTokens;
      timeBudget = options.timeBudget;
      maxOffloadRatio = options.maxOffloadRatio;
      largeBudget = options.largeBudget;
      offloadBias = options.offloadBias;
      pipelined = options.pipelined;
      largeTimeout = options.largeTimeout;
    }
  }
}
