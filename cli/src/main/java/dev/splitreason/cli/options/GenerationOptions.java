package dev.splitreason.cli.options;

import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that asks for answers: how each is generated. */
public abstract class GenerationOptions {

  @Option(
      names = "--max-offload-ratio",
      paramLabel = "R",
      description = "Hard cap on the large model's share of the tokens, 0 to 1.")
  private @Nullable Double maxOffloadRatio;

  @Option(names = "--temperature", paramLabel = "T", description = "0, the default, is greedy.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw among the likeliest tokens that together have probability P.")
  private @Nullable Double topP;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Most tokens of an answer.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--sequential",
      description = "Do not keep the idle model warm while the other writes.")
  private boolean sequential;

  /** Whether the user asked for {@code --sequential}. */
  protected final boolean sequential() {
    return sequential;
  }

  /** What these options say. */
  protected final RequestSettings generation() {
    return new RequestSettings(
        new Decoding(null, null, sequential ? true : null),
        new Draws(temperature, null, topP, null, null, null),
        new Limits(maxTokens, null, maxOffloadRatio));
  }
}
