package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about how it wants to be answered; null where it says nothing. Meanings and
 * units are those of {@link SplitOptions} and {@link Sampling}. A value out of its range is a
 * {@link dev.splitreason.core.error.UserMistake}.
 *
 * @param decoding who writes when
 * @param sampling how tokens are drawn
 * @param limits how far an answer may go
 */
public record RequestSettings(Decoding decoding, Draws sampling, Limits limits) {

  /** Says nothing. */
  public static final RequestSettings NONE =
      new RequestSettings(Decoding.NONE, Draws.NONE, Limits.NONE);

  /**
   * Who writes when.
   *
   * @param policy without a bias: that of {@code learned:+2} becomes the offload bias
   */
  public record Decoding(
      @Nullable PolicyChoice policy, @Nullable Double offloadBias, @Nullable Boolean sequential) {

    /** Says nothing. */
    public static final Decoding NONE = new Decoding(null, null, null);

    public Decoding {
      if (offloadBias != null) {
        SplitOptions _ = SplitOptions.DEFAULT.withOffloadBias(offloadBias);
      }
      if (policy != null && policy.offloadBias() != 0) {
        if (offloadBias != null && offloadBias != policy.offloadBias()) {
          throw new UserMistake("use either an offload bias or the policy " + policy.label());
        }
        offloadBias = policy.offloadBias();
        policy = new PolicyChoice(policy.policy(), 0);
      }
    }

    Decoding over(Decoding weaker) {
      return new Decoding(
          or(policy, weaker.policy),
          or(offloadBias, weaker.offloadBias),
          or(sequential, weaker.sequential));
    }
  }

  /** How tokens are drawn. */
  public record Draws(
      @Nullable Double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      @Nullable Double minP,
      @Nullable Double repetitionPenalty,
      @Nullable Long seed) {

    /** Says nothing. */
    public static final Draws NONE = new Draws(null, null, null, null, null, null);

    public Draws {
      Sampling _ = sampling(temperature, topK, topP, minP, repetitionPenalty, seed);
    }

    Draws over(Draws weaker) {
      return new Draws(
          or(temperature, weaker.temperature),
          or(topK, weaker.topK),
          or(topP, weaker.topP),
          or(minP, weaker.minP),
          or(repetitionPenalty, weaker.repetitionPenalty),
          or(seed, weaker.seed));
    }

    Sampling toSampling() {
      return sampling(temperature, topK, topP, minP, repetitionPenalty, seed);
    }

    private static Sampling sampling(
        @Nullable Double temperature,
        @Nullable Integer topK,
        @Nullable Double topP,
        @Nullable Double minP,
        @Nullable Double repetitionPenalty,
        @Nullable Long seed) {
      Sampling unset = SplitOptions.DEFAULT.sampling();
      return new Sampling(
          set(temperature, unset.temperature()),
          set(topK, unset.topK()),
          set(topP, unset.topP()),
          set(minP, unset.minP()),
          set(repetitionPenalty, unset.repetitionPenalty()),
          set(seed, unset.seed()),
          Map.of());
    }
  }

  /** How far an answer may go. */
  public record Limits(
      @Nullable Integer maxTokens,
      @Nullable Duration timeLimit,
      @Nullable Double maxOffloadRatio,
      @Nullable Integer largeBudget) {

    /** Says nothing. */
    public static final Limits NONE = new Limits(null, null, null, null);

    public Limits {
      ModelSection.requireAtLeast(1, "max-tokens", maxTokens);
      if (maxOffloadRatio != null) {
        SplitOptions _ = SplitOptions.DEFAULT.withMaxOffloadRatio(maxOffloadRatio);
      }
      if (largeBudget != null) {
        SplitOptions _ = SplitOptions.DEFAULT.withLargeBudget(largeBudget);
      }
    }

    Limits over(Limits weaker) {
      return new Limits(
          or(maxTokens, weaker.maxTokens),
          or(timeLimit, weaker.timeLimit),
          or(maxOffloadRatio, weaker.maxOffloadRatio),
          or(largeBudget, weaker.largeBudget));
    }
  }

  /** These settings, and where they say nothing, those of {@code weaker}. */
  public RequestSettings over(RequestSettings weaker) {
    return new RequestSettings(
        decoding.over(weaker.decoding), sampling.over(weaker.sampling), limits.over(weaker.limits));
  }

  /** The options of a request, with the decoder's defaults where nothing is said. */
  public SplitOptions toOptions() {
    SplitOptions unset = SplitOptions.DEFAULT;
    return new SplitOptions(
        decoding.policy == null ? unset.policy() : decoding.policy.policy(),
        sampling.toSampling(),
        set(limits.maxTokens, unset.maxTokens()),
        set(limits.timeLimit, unset.timeBudget()),
        set(limits.maxOffloadRatio, unset.maxOffloadRatio()),
        set(limits.largeBudget, unset.largeBudget()),
        set(decoding.offloadBias, unset.offloadBias()),
        !set(decoding.sequential, !unset.pipelined()),
        unset.largeTimeout());
  }

  private static <T> @Nullable T or(@Nullable T stronger, @Nullable T weaker) {
    return stronger == null ? weaker : stronger;
  }

  private static <T> T set(@Nullable T value, T unset) {
    return value == null ? unset : value;
  }
}
