package dev.splitreason.data.annotate;

import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.annotate.Annotation.Found;
import dev.splitreason.data.annotate.Annotation.Rejected;
import dev.splitreason.data.annotate.TracePieces.Piece;
import dev.splitreason.data.llm.BudgetExhaustedException;
import dev.splitreason.data.llm.EndpointException;
import dev.splitreason.data.llm.SnippetReply;
import dev.splitreason.data.llm.SnippetSource;
import dev.splitreason.data.match.Matching;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Asks a remote model to copy the hardest parts of a trace, and finds the copies (arXiv 2504.16379
 * asks DeepSeek-R1). Long traces are asked about in pieces.
 */
public final class LlmAnnotator implements Annotator {

  /** UTF-16 units asked about at once: about 8k tokens. */
  private static final int LONGEST_PIECE = 24_000;

  private static final int OVERLAP = 1_000;

  private final SnippetSource source;
  private final SnippetMatcher matcher;
  private final TracePieces pieces = new TracePieces(LONGEST_PIECE, OVERLAP);

  /** Closes the source when it is closed. */
  public LlmAnnotator(SnippetSource source, SnippetMatcher matcher) {
    this.source = source;
    this.matcher = matcher;
  }

  @Override
  public Provenance provenance() {
    SequencedMap<String, String> settings = source.settings();
    settings.putAll(matcher.options().settings());
    return new Provenance("llm", source.model(), source.promptVersion(), settings);
  }

  @Override
  public Annotation annotate(SourceTrace trace)
      throws StopRunException, IOException, InterruptedException {
    List<ScoredSpan> spans = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    Cost cost = Cost.NONE;
    for (Piece piece : pieces.of(trace.text())) {
      SnippetSource.Answer answer;
      try {
        answer = source.ask(trace.problem(), piece.text());
      } catch (EndpointException e) {
        if (e.hopeless()) {
          throw new StopRunException(e);
        }
        return new Rejected(Status.FAILED, String.valueOf(e.getMessage()), unmatched, cost);
      } catch (BudgetExhaustedException e) {
        throw new StopRunException(e);
      }
      cost = cost.plus(answer.promptTokens(), answer.completionTokens(), answer.cost());
      switch (answer.reply()) {
        case SnippetReply.Snippets(List<String> snippets) -> {
          Matching matching = matcher.match(piece.text(), snippets);
          matching.spans().stream().map(span -> shifted(span, piece.start())).forEach(spans::add);
          unmatched.addAll(matching.unmatched());
        }
        case SnippetReply.Refusal(String words) -> {
          return new Rejected(Status.REFUSED, words, unmatched, cost);
        }
        case SnippetReply.CutOff(String why) -> {
          // Not final: a later run with a greater limit asks again.
          return new Rejected(Status.FAILED, why, unmatched, cost);
        }
        case SnippetReply.Malformed(String words) -> {
          return new Rejected(Status.MALFORMED, words, unmatched, cost);
        }
        case SnippetReply.Nothing() -> {
          // Of a long trace, one piece may well have nothing hard in it.
        }
      }
    }
    if (!spans.isEmpty()) {
      return new Found(matcher.join(trace.text(), spans), unmatched, cost);
    }
    return unmatched.isEmpty()
        ? new Rejected(Status.EMPTY, "the answer holds no snippet", unmatched, cost)
        : new Rejected(Status.UNMATCHED, "no snippet stands in the trace", unmatched, cost);
  }

  private static ScoredSpan shifted(ScoredSpan span, int by) {
    return new ScoredSpan(span.start() + by, span.end() + by, span.score());
  }

  @Override
  public void close() {
    source.close();
  }
}
