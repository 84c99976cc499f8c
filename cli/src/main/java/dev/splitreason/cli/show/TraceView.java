package dev.splitreason.cli.show;

import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Printable;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TaggedText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One trace, for people and for programs.
 *
 * @param trace to be shown
 */
record TraceView(SourceTrace trace) {

  /**
   * What is known about the trace, then its text with highlighted spans; for {@code printStyled}.
   */
  String text(Highlight highlight) {
    TaggedText tagged = trace.tagged();
    var shown = new StringBuilder();
    shown.append(
        String.format(
            Locale.ROOT,
            "── %s · %d characters, %d %s, %.1f %% offloaded%n",
            Printable.of(trace.id()),
            trace.text().length(),
            tagged.spans().size(),
            tagged.spans().size() == 1 ? "span" : "spans",
            100 * tagged.offloadShare()));
    if (!tagged.defects().isEmpty()) {
      shown.append("── tags that pair with none: ").append(tagged.defects()).append('\n');
    }
    if (trace.problem() != null) {
      shown.append("── ").append(Printable.of(trace.problem())).append('\n');
    }
    int done = 0;
    for (Span span : tagged.spans()) {
      shown.append(Printable.of(trace.text().substring(done, span.start())));
      shown.append(highlight.on());
      shown.append(Printable.of(tagged.content(span))).append(highlight.off());
      done = span.end();
    }
    return shown.append(Printable.of(trace.text().substring(done))).append('\n').toString();
  }

  /**
   * The document of {@code show --json}.
   *
   * @param spans in UTF-16 units of the text
   * @param offloadShare of the text's characters
   */
  record Document(
      String id, @Nullable String problem, String text, List<Span> spans, double offloadShare) {}

  /** The trace for programs. */
  Document document() {
    TaggedText tagged = trace.tagged();
    return new Document(
        trace.id(), trace.problem(), trace.text(), tagged.spans(), tagged.offloadShare());
  }
}
