package dev.splitreason.cli.train;

import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.run.RunFolder;
import dev.splitreason.training.run.TrainingRun.End;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The JSON documents of {@code train --json}. */
final class RunJson {

  private RunJson() {}

  /** What a run will need; memory in bytes, on each device. */
  static void write(RunEstimate estimate, JsonGenerator json) {
    MemoryEstimate memory = estimate.memory();
    json.writeStartObject();
    json.writeNumberProperty("parameters", estimate.parameters());
    json.writeObjectPropertyStart("memory_bytes");
    json.writeNumberProperty("total", memory.total());
    json.writeNumberProperty("weights", memory.weights());
    json.writeNumberProperty("gradients", memory.gradients());
    json.writeNumberProperty("optimizer", memory.optimizer());
    json.writeNumberProperty("activations", memory.activations());
    json.writeNumberProperty("logits", memory.logits());
    json.writeNumberProperty("others", memory.others());
    json.writeEndObject();
    json.writeNumberProperty("steps", estimate.steps());
    json.writeNumberProperty("tokens", estimate.tokens());
    json.writeArrayPropertyStart("remarks");
    estimate.remarks().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** How a run ended, and where its model is. */
  static void write(End end, RunFolder run, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("end", end.name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("model", run.model().toString());
    json.writeEndObject();
  }
}
