package dev.splitreason.cli.eval;

import dev.splitreason.cli.options.GenerationOptions;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.pairs.config.RequestSettings;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options that say how answers are drawn. */
final class SampleOptions extends GenerationOptions {

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Answers to each problem; more than 1 make sense with --temperature.")
  private int samples = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same results.")
  private long seed;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Answers at once; latencies are an answer's own with 1 (default: 8).")
  private int inFlight = 8;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long to wait for a model that is gone: 30s, 5m (default: 5m).")
  private Duration patience = Duration.ofMinutes(5);

  /** The seed of all draws. */
  long seed() {
    return seed;
  }

  /** What these options say about each answer. */
  RequestSettings request() {
    return new RequestSettings(
            RequestSettings.Decoding.NONE,
            new RequestSettings.Draws(null, null, null, null, null, seed),
            RequestSettings.Limits.NONE)
        .over(generation());
  }

  /**
   * Refuses a bias that is of no use.
   *
   * @throws UserMistake if the user asked for one
   */
  void requireNoBias() {
    if (offloadBias() != null) {
      throw UserMistake.ofOption(
          "--offload-bias", "is for the policy 'learned', which --policies does not list");
    }
  }

  /** How all samples are drawn, given how each is. */
  RunSettings settings(SplitOptions options) {
    return new RunSettings(options, samples, seed, inFlight, patience);
  }

  /** The options that change answers, by name. */
  static SortedMap<String, String> describe(SplitOptions options) {
    Sampling sampling = options.sampling();
    SortedMap<String, String> described =
        new TreeMap<>(
            Map.of(
                "temperature", Double.toString(sampling.temperature()),
                "top-k", Integer.toString(sampling.topK()),
                "top-p", Double.toString(sampling.topP()),
                "min-p", Double.toString(sampling.minP()),
                "repetition-penalty", Double.toString(sampling.repetitionPenalty()),
                "max-tokens", Integer.toString(options.maxTokens()),
                "max-offload-ratio", Double.toString(options.maxOffloadRatio())));
    if (options.largeBudget() < Integer.MAX_VALUE) {
      described.put("large-budget", Integer.toString(options.largeBudget()));
    }
    return described;
  }
}
