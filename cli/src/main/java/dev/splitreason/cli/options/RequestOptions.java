package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how a request is answered. */
public final class RequestOptions extends GenerationOptions {

  /** Before what every command that asks for answers has. */
  private static final int FIRST = -2;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      order = FIRST,
      description = {
        "Who writes when: learned (the small model's tags, the default), small, large,"
            + " random:P[:CHUNK] (each chunk the large model's with probability P),"
            + " entropy:T (large where the small model's entropy is above T nats)."
      })
  private @Nullable Policy policy;

  @Option(
      names = "--offload-bias",
      paramLabel = "B",
      order = FIRST,
      description = "Above 0 hands over more often, below 0 less (added to the open tag's logit).")
  private @Nullable Double offloadBias;

  @Option(names = "--top-k", paramLabel = "K", description = "Draw among the K likeliest tokens.")
  private @Nullable Integer topK;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Drop tokens less likely than P times the likeliest.")
  private @Nullable Double minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Above 1 discourages tokens used lately.")
  private @Nullable Double repetitionPenalty;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same answer.")
  private @Nullable Long seed;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "Ends the answer where it is after so long: 500ms, 30s, 5m.")
  private @Nullable Duration timeLimit;

  @Option(
      names = "--pipelined",
      description = "Keep the idle model warm, the default, whatever the configuration file says.")
  private boolean pipelined;

  /**
   * What these options say.
   *
   * @throws UserMistake if they contradict each other
   */
  public RequestSettings settings() {
    if (sequential() && pipelined) {
      throw new UserMistake("use either --sequential or --pipelined");
    }
    return new RequestSettings(
            new Decoding(policy, offloadBias, pipelined ? false : null),
            new Draws(null, topK, null, minP, repetitionPenalty, seed),
            new Limits(null, timeLimit, null))
        .over(generation());
  }
}
