package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how a request is answered. */
public final class RequestOptions extends GenerationOptions {

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      order = FIRST,
      description = {
        "Who writes when: learned (the small model's tags, the default), learned:BIAS (as"
            + " learned:+2, which is --offload-bias), small, large,"
            + " random:P[:CHUNK] (each chunk the large model's with probability P),"
            + " entropy:T (large where the small model's entropy is above T nats),"
            + " glimpse:T (whole steps where that of their first token is),"
            + " cues[:WORD|WORD] (the rest of a sentence after a word such as wait),"
            + " judged:T (steps that surprise the large model by more than T nats a token),"
            + " route:T[:TOKENS] (the whole answer, by the mean entropy of its first tokens)."
      })
  private @Nullable PolicyChoice policy;

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
    if (policy != null && !policy.policy().usesTags() && offloadBias() != null) {
      throw UserMistake.ofOption(
          "--offload-bias", "is for the learned policy, not " + policy.label());
    }
    return new RequestSettings(
            new Decoding(policy, offloadBias(), pipelined ? false : null),
            new Draws(null, null, null, null, null, seed),
            new Limits(null, timeLimit, null, null))
        .over(generation());
  }
}
