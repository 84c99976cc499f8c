package dev.splitreason.cli.options;

import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that asks for answers: how each is generated. */
public abstract class GenerationOptions {

  /** Before what every command that asks for answers has. */
  protected static final int FIRST = -2;

  @Option(
      names = "--offload-bias",
      paramLabel = "B",
      order = FIRST,
      description =
          "Of the learned policy: above 0 hands over more often, below 0 less (added to the open"
              + " tag's logit).")
  private @Nullable Double offloadBias;

  @Option(
      names = "--max-offload-ratio",
      paramLabel = "R",
      description = "Hard cap on the large model's share of the tokens, 0 to 1.")
  private @Nullable Double maxOffloadRatio;

  @Option(
      names = "--large-budget",
      paramLabel = "N",
      description = "Hard cap on the large model's tokens in an answer, of those that are kept.")
  private @Nullable Integer largeBudget;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 is greedy: the default, unless the model asks otherwise.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw among the likeliest tokens that together have probability P.")
  private @Nullable Double topP;

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

  /** The offload bias that the user asked for, or null. */
  protected final @Nullable Double offloadBias() {
    return offloadBias;
  }

  /** What these options say. */
  protected final RequestSettings generation() {
    return new RequestSettings(
        new Decoding(null, offloadBias, sequential ? true : null),
        new Draws(temperature, topK, topP, minP, repetitionPenalty, null),
        new Limits(maxTokens, null, maxOffloadRatio, largeBudget));
  }
}
