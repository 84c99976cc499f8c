package dev.splitreason.data.annotate;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.annotate.Annotation.Found;
import dev.splitreason.data.annotate.Annotation.Rejected;
import dev.splitreason.data.match.ScoredSpan;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.store.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes for hard what the large model finds much more probable than the small one. Needs no
 * teacher: one pass of each model over the trace.
 */
public final class DivergenceAnnotator implements Annotator {

  /** Where reasoning begins; templates end with it, so a trace's own is not scored. */
  private static final String THINK = "<think>\n";

  private final LanguageModel small;
  private final LanguageModel large;
  private final PromptTemplate template;
  private final DivergenceOptions options;
  private final HardTokens hardTokens;
  private final SnippetMatcher matcher;

  /**
   * @param small the model that is to learn to offload, before it did; closed by its owner
   * @param large the model that would take over; closed by its owner
   * @param template renders a trace's problem for both
   * @param matcher merges spans
   */
  public DivergenceAnnotator(
      LanguageModel small,
      LanguageModel large,
      PromptTemplate template,
      DivergenceOptions options,
      SnippetMatcher matcher) {
    this.small = small;
    this.large = large;
    this.template = template;
    this.options = options;
    this.matcher = matcher;
    hardTokens = new HardTokens(options);
  }

  @Override
  public Provenance provenance() {
    String models = small.info().name() + " and " + large.info().name();
    return new Provenance("divergence", models, null, models + " " + options);
  }

  @Override
  public Annotation annotate(SourceTrace trace) throws InterruptedException {
    String text = trace.text();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return rejected(Status.FAILED, "the trace holds half a surrogate pair");
    }
    int skipped = text.startsWith(THINK) ? THINK.length() : 0;
    String scored = text.substring(skipped);
    Prompt prompt = prompt(trace.problem());
    try {
      TokenScores bySmall = TokenScores.of(small, prompt, scored);
      TokenScores byLarge = TokenScores.of(large, prompt, scored);
      List<ScoredSpan> spans =
          hardTokens.spans(scored, bySmall.ends(), bySmall.advantageOf(byLarge)).stream()
              .map(s -> new ScoredSpan(s.start() + skipped, s.end() + skipped, s.score()))
              .toList();
      return spans.isEmpty()
          ? rejected(Status.EMPTY, "the large model is nowhere surer than the small one")
          : new Found(matcher.join(text, spans), List.of(), Cost.NONE);
    } catch (ModelException e) {
      return rejected(Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Prompt prompt(@Nullable String problem) {
    return template.render(List.of(Message.user(problem == null ? "" : problem)), false);
  }

  private static Rejected rejected(Status status, String detail) {
    return new Rejected(status, detail, List.of(), Cost.NONE);
  }

  @Override
  public void close() {
    // The models belong to whoever loaded them.
  }
}
