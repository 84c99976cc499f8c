package dev.splitreason.cli.ask;

import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import tools.jackson.core.JsonGenerator;

/** The JSON document of {@code ask --json}. */
final class JsonView implements AnswerView {

  private final Stdout out;

  JsonView(Stdout out) {
    this.out = out;
  }

  @Override
  public void onText(Author author, String text) {
    // The document is written in one piece, when the answer is complete.
  }

  @Override
  public void show(Trace trace) {
    out.json(json -> write(trace, json));
  }

  @Override
  public void close() {
    // An answer that failed has no document, only its error line.
  }

  private void write(Trace trace, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("answer", trace.answer());
    json.writeStringProperty("text", trace.text());
    json.writeArrayPropertyStart("segments");
    for (Segment segment : trace.segments()) {
      json.writeStartObject();
      json.writeStringProperty("author", segment.author().label());
      json.writeStringProperty("text", segment.text());
      json.writeNumberProperty("tokens", segment.tokens());
      json.writeEndObject();
    }
    json.writeEndArray();
    Usage usage = trace.usage();
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("small_tokens", usage.smallTokens());
    json.writeNumberProperty("large_tokens", usage.largeTokens());
    json.writeNumberProperty("discarded_tokens", usage.discardedTokens());
    json.writeNumberProperty("offload_ratio", usage.offloadRatio());
    json.writeEndObject();
    json.writeStringProperty("finish_reason", trace.finishReason().label());
    json.writeBooleanProperty("degraded", trace.degraded());
    json.writeNumberProperty("latency_ms", Math.round(trace.seconds() * 1e6) / 1e3);
    json.writeEndObject();
  }
}
