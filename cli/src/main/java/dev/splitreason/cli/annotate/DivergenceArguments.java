package dev.splitreason.cli.annotate;

import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.data.annotate.DivergenceAnnotator;
import dev.splitreason.data.annotate.DivergenceOptions;
import dev.splitreason.data.annotate.SpanBorder;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import dev.splitreason.pairs.open.TemplateChoice;
import dev.splitreason.pairs.open.ThreadShares;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the annotator that compares the models of a pair, beside those that choose it. */
final class DivergenceArguments {

  @Option(
      names = "--least-advantage",
      paramLabel = "NATS",
      description = "By how much the large model must be surer of a token (default: 0.5).")
  private @Nullable Double leastAdvantage;

  @Option(
      names = "--sure-advantage",
      paramLabel = "NATS",
      description =
          "From where on tokens always count; between the least and this one the likelier, the"
              + " greater the advantage, which makes the trained model's offload bias a dial"
              + " (default: as the least one).")
  private @Nullable Double sureAdvantage;

  @Option(
      names = "--keep-easy",
      description = "Keep traces in which nothing is hard, without spans.")
  private boolean keepEasy;

  @Option(
      names = "--smoothing",
      paramLabel = "N",
      description = "Tokens over which that is averaged (default: 3, of a pair of short spans 1).")
  private @Nullable Integer smoothing;

  @Option(
      names = "--border",
      paramLabel = "KIND",
      description =
          "To what spans are widened: token, number, expression or sentence (default: expression,"
              + " of a pair of short spans token).")
  private @Nullable SpanBorder border;

  /** Whether a pair hands over a few tokens at a time, as the bundled one does. */
  static boolean hasShortSpans(PairSettings pair) {
    return pair.spans().chunk() < SpanSettings.DEFAULT.chunk();
  }

  /**
   * Opens the small model, as it was before it learned to offload if there is that, and the large
   * one.
   *
   * @param targetShare of a trace's characters, 0 … 1
   * @param cores CPU threads for both together
   * @param concurrency traces at once
   */
  OpenAnnotator open(
      PairSettings pair, double targetShare, SnippetMatcher matcher, int cores, int concurrency) {
    ModelSettings small = pair.base() == null ? pair.small() : pair.base();
    ModelSettings large = pair.large();
    TemplateChoice smallTemplate = TemplateChoice.of(pair.smallTemplate(), small, pair.tags());
    TemplateChoice largeTemplate = TemplateChoice.of(pair.largeTemplate(), large, pair.tags());
    ThreadShares shares =
        ThreadShares.inTurn(cores).forWeights(small.location().bytes(), large.location().bytes());
    OpenModel openSmall = Models.open(small.onThreads(shares.small()), concurrency);
    try {
      OpenModel openLarge = Models.open(large.onThreads(shares.large()), concurrency);
      var annotator =
          new DivergenceAnnotator(
              openSmall.model(),
              smallTemplate.in(openSmall),
              openLarge.model(),
              largeTemplate.in(openLarge),
              options(pair, targetShare),
              matcher);
      return new OpenAnnotator(annotator, List.of(openSmall, openLarge), null);
    } catch (RuntimeException e) {
      openSmall.close();
      throw e;
    }
  }

  private DivergenceOptions options(PairSettings pair, double targetShare) {
    DivergenceOptions usual =
        hasShortSpans(pair) ? DivergenceOptions.TOKENS : DivergenceOptions.DEFAULT;
    double least = leastAdvantage == null ? usual.leastAdvantage() : leastAdvantage;
    return new DivergenceOptions(
        targetShare,
        least,
        sureAdvantage == null ? least : sureAdvantage,
        smoothing == null ? usual.smoothing() : smoothing,
        border == null ? usual.border() : border,
        keepEasy);
  }
}
