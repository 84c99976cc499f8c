package dev.splitreason.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.evaluation.run.Samples;
import dev.splitreason.files.jsonl.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResultsJsonTest {

  @Test
  void whatWasNotMeasuredIsNull() {
    var failed = Samples.of(Samples.LEARNED, "p1", 0, Outcome.FAILED, "");
    JsonNode row =
        Json.MAPPER
            .valueToTree(ResultsJson.of(Results.of(List.of(Samples.LEARNED), List.of(failed), 0)))
            .at("/results/0");

    for (String figure :
        List.of(
            "accuracy", "ci95", "offload_ratio", "mean_latency_ms", "mean_tokens", "majority")) {
      assertThat(row.has(figure)).as(figure).isTrue();
      assertThat(row.get(figure).isNull()).as(figure).isTrue();
    }
    assertThat(row.get("problems").asInt()).isEqualTo(1);
    assertThat(row.get("failures").asInt()).isEqualTo(1);
  }
}
