package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.split.SplitOptions;
import java.time.Duration;

/**
 * How a run draws its samples.
 *
 * @param options of every answer; policy, offload bias and seed come from the contender and sample
 * @param samples of each problem by each contender
 * @param seed decides, with the problem and the sample's number, every draw
 * @param inFlight the most answers at once
 * @param patience how long a model that does not answer is waited for
 */
public record RunSettings(
    SplitOptions options, int samples, long seed, int inFlight, Duration patience) {

  public RunSettings {
    if (samples < 1) {
      throw new UserMistake("a problem needs at least 1 sample, not " + samples);
    }
    if (inFlight < 1) {
      throw new UserMistake("at least 1 answer must be in flight, not " + inFlight);
    }
    if (patience.isNegative()) {
      throw new UserMistake("the patience must not be negative");
    }
  }

  /** The same with more or fewer answers at once. */
  public RunSettings withInFlight(int inFlight) {
    return new RunSettings(options, samples, seed, inFlight, patience);
  }

  /** The seed of a sample: the same for all contenders, so that they differ by nothing else. */
  long seedOf(SampleKey key) {
    long ofProblem = CounterRandom.bits(seed, key.problem().hashCode());
    return CounterRandom.bits(ofProblem, key.sample());
  }

  /** The options of a sample. */
  SplitOptions optionsOf(PolicyChoice policy, SampleKey key) {
    // A cap is what the policies are given that let both models write.
    SplitOptions capped =
        policy.policy() instanceof Policy.LargeOnly
            ? options.withMaxOffloadRatio(1).withLargeBudget(Integer.MAX_VALUE)
            : options;
    return capped
        .withPolicy(policy.policy())
        .withOffloadBias(policy.offloadBias())
        .withSampling(options.sampling().withSeed(seedOf(key)));
  }
}
