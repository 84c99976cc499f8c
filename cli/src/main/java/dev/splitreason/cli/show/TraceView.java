package dev.splitreason.cli.show;

import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Printable;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TaggedText;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

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

  /** One JSON object; offsets count UTF-16 units of the text. */
  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", trace.id());
    json.writeStringProperty("problem", trace.problem());
    json.writeStringProperty("text", trace.text());
    json.writeArrayPropertyStart("spans");
    for (Span span : trace.tagged().spans()) {
      json.writeStartObject();
      json.writeNumberProperty("start", span.start());
      json.writeNumberProperty("end", span.end());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("offload_share", trace.tagged().offloadShare());
    json.writeEndObject();
  }
}
