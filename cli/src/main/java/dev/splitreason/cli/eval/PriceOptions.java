package dev.splitreason.cli.eval;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.evaluation.metric.TokenPrices;
import dev.splitreason.evaluation.metric.TokenPrices.Price;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what tokens cost. */
final class PriceOptions {

  @Option(
      names = "--price-small",
      paramLabel = "IN/OUT",
      description =
          "What a million tokens cost that the small model reads and writes, as in 0.10/0.40; the"
              + " report then has accuracy against price.")
  private @Nullable String small;

  @Option(
      names = "--price-large",
      paramLabel = "IN/OUT",
      description = "The same of the large model.")
  private @Nullable String large;

  /** The prices, or null if none are said. */
  @Nullable TokenPrices prices() {
    if (small == null && large == null) {
      return null;
    }
    if (small == null || large == null) {
      throw new UserMistake("use --price-small and --price-large together");
    }
    return new TokenPrices(Price.parse(small), Price.parse(large));
  }
}
