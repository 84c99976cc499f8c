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
            + " entropy:T (large where the small model's entropy is above T nats)."
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
    return new RequestSettings(
            new Decoding(policy == null ? null : policy.policy(), bias(), pipelined ? false : null),
            new Draws(null, null, null, null, null, seed),
            new Limits(null, timeLimit, null))
        .over(generation());
  }

  /** The bias that is asked for, in either of two ways; null if in neither. */
  private @Nullable Double bias() {
    Double option = offloadBias();
    if (policy == null) {
      return option;
    }
    if (option == null) {
      return policy.offloadBias() == 0 ? null : policy.offloadBias();
    }
    if (!policy.policy().usesTags()) {
      throw UserMistake.ofOption(
          "--offload-bias", "is for the learned policy, not " + policy.label());
    }
    if (policy.offloadBias() != 0 && policy.offloadBias() != option) {
      throw new UserMistake("use either --offload-bias or --policy " + policy.label());
    }
    return option;
  }
}
