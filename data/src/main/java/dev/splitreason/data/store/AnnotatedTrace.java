package dev.splitreason.data.store;

import dev.splitreason.data.tagged.ScoredSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of an annotated data set: what a trainer needs, and where it comes from.
 *
 * @param row number in the source, from 1
 * @param id the source's name for it
 * @param problem the question, or null
 * @param answer the reference answer, or null
 * @param text the trace without tags
 * @param annotated the trace with its spans in tags; equal to {@code text} unless annotated
 * @param spans the spans, in UTF-16 offsets of {@code text}
 * @param unmatched snippets that were found nowhere
 * @param status what became of it
 * @param detail why it was not annotated, or null
 * @param annotator which kind: llm, divergence, replay, tags
 * @param model the model or models asked
 * @param promptVersion which wording, or null for none
 * @param promptTokens tokens read by a remote annotator
 * @param completionTokens tokens written by it
 * @param cost money, in the unit of the prices given
 */
public record AnnotatedTrace(
    long row,
    String id,
    @Nullable String problem,
    @Nullable String answer,
    String text,
    String annotated,
    List<ScoredSpan> spans,
    List<String> unmatched,
    Status status,
    @Nullable String detail,
    String annotator,
    String model,
    @Nullable String promptVersion,
    long promptTokens,
    long completionTokens,
    double cost) {

  public AnnotatedTrace {
    spans = List.copyOf(spans);
    unmatched = List.copyOf(unmatched);
  }

  /** The same trace with other spans. */
  public AnnotatedTrace withSpans(List<ScoredSpan> spans, String annotated) {
    return new AnnotatedTrace(
        row,
        id,
        problem,
        answer,
        text,
        annotated,
        spans,
        unmatched,
        status,
        detail,
        annotator,
        model,
        promptVersion,
        promptTokens,
        completionTokens,
        cost);
  }
}
