package dev.splitreason.pairs.config;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about how it wants to be answered; null where it says nothing. Meanings and
 * units are those of {@link SplitOptions} and {@link Sampling}.
 */
public record RequestSettings(
    @Nullable Policy policy,
    @Nullable Double maxOffloadRatio,
    @Nullable Double offloadBias,
    @Nullable Double temperature,
    @Nullable Integer topK,
    @Nullable Double topP,
    @Nullable Double minP,
    @Nullable Double repetitionPenalty,
    @Nullable Long seed,
    @Nullable Integer maxTokens,
    @Nullable Duration timeLimit,
    @Nullable Boolean sequential) {

  /** Says nothing. */
  public static final RequestSettings NONE =
      new RequestSettings(null, null, null, null, null, null, null, null, null, null, null, null);

  /** These settings, and where they say nothing, those of {@code weaker}. */
  public RequestSettings over(RequestSettings weaker) {
    return new RequestSettings(
        or(policy, weaker.policy),
        or(maxOffloadRatio, weaker.maxOffloadRatio),
        or(offloadBias, weaker.offloadBias),
        or(temperature, weaker.temperature),
        or(topK, weaker.topK),
        or(topP, weaker.topP),
        or(minP, weaker.minP),
        or(repetitionPenalty, weaker.repetitionPenalty),
        or(seed, weaker.seed),
        or(maxTokens, weaker.maxTokens),
        or(timeLimit, weaker.timeLimit),
        or(sequential, weaker.sequential));
  }

  /**
   * The options of a request, with the decoder's defaults where nothing is said.
   *
   * @throws dev.splitreason.core.error.UserMistake if a value is out of its range
   */
  public SplitOptions toOptions() {
    SplitOptions unset = SplitOptions.DEFAULT;
    Sampling greedy = unset.sampling();
    var sampling =
        new Sampling(
            set(temperature, greedy.temperature()),
            set(topK, greedy.topK()),
            set(topP, greedy.topP()),
            set(minP, greedy.minP()),
            set(repetitionPenalty, greedy.repetitionPenalty()),
            set(seed, greedy.seed()),
            Map.of());
    return new SplitOptions(
        set(policy, unset.policy()),
        sampling,
        set(maxTokens, unset.maxTokens()),
        set(timeLimit, unset.timeBudget()),
        set(maxOffloadRatio, unset.maxOffloadRatio()),
        set(offloadBias, unset.offloadBias()),
        !set(sequential, !unset.pipelined()),
        unset.largeTimeout());
  }

  private static <T> @Nullable T or(@Nullable T stronger, @Nullable T weaker) {
    return stronger == null ? weaker : stronger;
  }

  private static <T> T set(@Nullable T value, T unset) {
    return value == null ? unset : value;
  }
}
