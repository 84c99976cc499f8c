package dev.splitreason.data.annotate;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.annotate.Annotation.Found;
import dev.splitreason.data.annotate.Annotation.Rejected;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Takes for hard what the large model finds much more probable than the small one. Needs no
 * teacher: one pass of each model over the trace.
 */
public final class DivergenceAnnotator implements Annotator {

  /** Where reasoning begins; templates end with it, so a trace's own is not scored. */
  private static final String THINK = "<think>\n";

  private final LanguageModel small;
  private final LanguageModel large;
  private final PromptTemplate smallTemplate;
  private final PromptTemplate largeTemplate;
  private final DivergenceOptions options;
  private final HardTokens hardTokens;
  private final SpanRanking ranking;

  /**
   * @param small the model that is to learn to offload, before it did; closed by its owner
   * @param smallTemplate renders a trace's problem for it
   * @param large the model that would take over; closed by its owner
   * @param largeTemplate renders a trace's problem for it
   * @param ranking chooses among the spans of all traces
   */
  public DivergenceAnnotator(
      LanguageModel small,
      PromptTemplate smallTemplate,
      LanguageModel large,
      PromptTemplate largeTemplate,
      DivergenceOptions options,
      SpanRanking ranking) {
    this.small = small;
    this.large = large;
    this.smallTemplate = smallTemplate;
    this.largeTemplate = largeTemplate;
    this.options = options;
    this.ranking = ranking;
    hardTokens = new HardTokens(options);
  }

  @Override
  public Provenance provenance() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--small", small.info().name());
    settings.put("--large", large.info().name());
    settings.put("--small-template", smallTemplate.name());
    settings.put("--large-template", largeTemplate.name());
    settings.putAll(options.settings());
    String models = small.info().name() + " and " + large.info().name();
    return new Provenance("divergence", models, null, settings);
  }

  @Override
  public SpanRanking ranking() {
    return ranking;
  }

  @Override
  public Annotation annotate(SourceTrace trace) throws InterruptedException {
    String text = trace.text();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return rejected(Status.FAILED, "the trace holds half a surrogate pair");
    }
    int skipped = text.startsWith(THINK) ? THINK.length() : 0;
    String scored = text.substring(skipped);
    List<Message> asked = List.of(Message.user(trace.problem() == null ? "" : trace.problem()));
    try {
      TokenScores bySmall = TokenScores.of(small, smallTemplate.render(asked, false), scored);
      TokenScores byLarge = TokenScores.of(large, largeTemplate.render(asked, false), scored);
      List<ScoredSpan> spans =
          hardTokens.spans(scored, bySmall.comparedWith(byLarge)).stream()
              .map(s -> new ScoredSpan(s.start() + skipped, s.end() + skipped, s.score()))
              .toList();
      return spans.isEmpty() && !options.keepEasy()
          ? rejected(Status.EMPTY, "the large model is nowhere surer than the small one")
          : new Found(spans, List.of(), Cost.NONE);
    } catch (ModelException e) {
      return rejected(Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static Rejected rejected(Status status, String detail) {
    return new Rejected(status, detail, List.of(), Cost.NONE);
  }

  @Override
  public void close() {
    // The models belong to whoever loaded them.
  }
}
