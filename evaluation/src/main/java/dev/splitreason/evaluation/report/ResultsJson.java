package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Result.Gain;
import dev.splitreason.evaluation.metric.Result.Group;
import dev.splitreason.evaluation.run.Contender;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON document of results: {@code {"results": […]}}. Latencies are in milliseconds. */
public final class ResultsJson {

  private ResultsJson() {}

  /** Writes the document. */
  public static void write(List<Result> results, JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("results");
    for (Result result : results) {
      write(result, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Result result, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("policy", result.contender().policy());
    json.writeNumberProperty("accuracy", result.accuracy());
    interval("ci95", result.ci95(), json);
    json.writeNumberProperty("offload_ratio", result.offloadRatio());
    json.writeNumberProperty("mean_latency_ms", Math.round(result.meanLatency() * 1e6) / 1e3);
    json.writeNumberProperty("problems", result.problems());
    json.writeNumberProperty("samples", result.samples());
    models(result.contender(), json);
    json.writeNumberProperty("failures", result.failures());
    json.writeNumberProperty("mean_tokens", result.tokens());
    json.writeObjectPropertyStart("pass_at_k");
    for (Map.Entry<Integer, Double> estimate : result.passAtK().entrySet()) {
      json.writeNumberProperty(estimate.getKey().toString(), estimate.getValue());
    }
    json.writeEndObject();
    json.writeNumberProperty("majority", result.majority());
    json.writeObjectPropertyStart("by_difficulty");
    for (Map.Entry<String, Group> group : result.byDifficulty().entrySet()) {
      json.writeObjectPropertyStart(group.getKey());
      json.writeNumberProperty("accuracy", group.getValue().accuracy());
      json.writeNumberProperty("problems", group.getValue().problems());
      json.writeEndObject();
    }
    json.writeEndObject();
    gain(result.gain(), json);
    json.writeEndObject();
  }

  private static void gain(@Nullable Gain gain, JsonGenerator json) {
    if (gain == null) {
      return;
    }
    json.writeObjectPropertyStart("gain");
    json.writeStringProperty("over", gain.over().policy());
    json.writeNumberProperty("accuracy", gain.accuracy());
    interval("ci95", gain.ci95(), json);
    json.writeEndObject();
  }

  private static void models(Contender contender, JsonGenerator json) {
    if (contender.small() != null) {
      json.writeStringProperty("small", contender.small());
    }
    if (contender.large() != null) {
      json.writeStringProperty("large", contender.large());
    }
  }

  private static void interval(String name, Interval interval, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    json.writeNumber(interval.low());
    json.writeNumber(interval.high());
    json.writeEndArray();
  }
}
