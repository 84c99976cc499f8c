package dev.splitreason.cli.annotate;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.data.annotate.DivergenceAnnotator;
import dev.splitreason.data.annotate.DivergenceOptions;
import dev.splitreason.data.annotate.SpanBorder;
import dev.splitreason.data.annotate.SpanRanking;
import dev.splitreason.data.annotate.Style;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the annotator that compares the models of a pair, beside those that choose it. */
final class DivergenceArguments {

  /** Both models read every trace, the small one as it was before it learned to offload. */
  private static final Set<Policy> EACH_ALONE =
      Set.of(new Policy.SmallOnly(), new Policy.LargeOnly());

  @Option(
      names = "--least-advantage",
      paramLabel = "NATS",
      description =
          "By how much the large model must be surer of a token (default: 0.1, of a pair of short"
              + " spans 0.5).")
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
      names = "--count-style",
      description =
          "Count wording, white space and punctuation like any other text, as is usual for a pair"
              + " of short spans.")
  private boolean countStyle;

  @Option(
      names = "--smoothing",
      paramLabel = "N",
      description = "Tokens over which that is averaged (default: 3, of a pair of short spans 1).")
  private @Nullable Integer smoothing;

  @Option(
      names = "--border",
      paramLabel = "BORDER",
      completionCandidates = Borders.class,
      description =
          "To what spans are widened: token, number, expression or sentence (default: expression,"
              + " of a pair of short spans token).")
  private @Nullable SpanBorder border;

  /** The borders, as options spell them. */
  private static final class Borders implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(SpanBorder.values())
          .map(border -> border.name().toLowerCase(Locale.ROOT))
          .iterator();
    }
  }

  /** Whether a pair hands over a few tokens at a time, as the bundled one does. */
  static boolean hasShortSpans(PairSettings pair) {
    return pair.spans().chunk() < SpanSettings.DEFAULT.chunk();
  }

  /**
   * Opens the small model, as it was before it learned to offload if there is that, and the large
   * one.
   *
   * @param targetShare of the characters of all traces, 0 … 1
   * @param cores CPU threads for both together
   * @param concurrency traces at once
   */
  OpenAnnotator open(
      PairSettings pair, double targetShare, SnippetMatcher matcher, int cores, int concurrency)
      throws InterruptedException {
    OpenPair open = OpenPair.open(pair, new Workload(EACH_ALONE, cores, concurrency));
    Pair models = open.pair();
    var annotator =
        new DivergenceAnnotator(
            models.small(),
            models.smallTemplate(),
            models.large(),
            models.largeTemplate(),
            options(pair),
            new SpanRanking(targetShare, keepEasy, matcher));
    return new OpenAnnotator(annotator, open, null);
  }

  private DivergenceOptions options(PairSettings pair) {
    DivergenceOptions usual =
        hasShortSpans(pair) ? DivergenceOptions.TOKENS : DivergenceOptions.DEFAULT;
    double least = leastAdvantage == null ? usual.leastAdvantage() : leastAdvantage;
    return new DivergenceOptions(
        least,
        sureAdvantage == null ? least : sureAdvantage,
        smoothing == null ? usual.smoothing() : smoothing,
        border == null ? usual.border() : border,
        keepEasy,
        countStyle ? Style.COUNTS : usual.style());
  }
}
