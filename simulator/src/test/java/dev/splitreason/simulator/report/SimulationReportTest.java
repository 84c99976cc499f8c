package dev.splitreason.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.simulator.PaperComparison;
import dev.splitreason.simulator.Simulation;
import dev.splitreason.simulator.SimulationReport;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.fleet.Demand;
import dev.splitreason.simulator.fleet.Fleet;
import dev.splitreason.simulator.fleet.FleetReport;
import dev.splitreason.simulator.fleet.FleetSimulation;
import dev.splitreason.simulator.outline.Lengths;
import dev.splitreason.simulator.outline.OutlineGenerator;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulationReportTest {

  private static final OutlineGenerator ANSWERS =
      new OutlineGenerator(
          new Lengths.Fixed(100), new Lengths.Fixed(1000), new Lengths.Fixed(10), 0.05);

  private static PairProfile paper() throws IOException {
    return Profiles.load("paper-h100");
  }

  private static SimulationReport report(Mode... modes) throws IOException {
    return new Simulation(paper(), ANSWERS.generate(3, 1), SplitSettings.DEFAULT, 1)
        .run(List.of(modes));
  }

  private static FleetReport fleet(double rate) throws IOException {
    return new FleetSimulation(
            new Fleet(paper(), 1, 1, 2, 2),
            new Demand(ANSWERS.generate(20, 1), rate, 1),
            SplitSettings.DEFAULT)
        .run(List.of(Mode.LARGE, Mode.PIPELINED));
  }

  private static String json(Record report) {
    return new String(Json.line(report), StandardCharsets.UTF_8);
  }

  @Test
  void jsonHasTheDocumentedNames() throws IOException {
    String line = json(report(Mode.LARGE, Mode.PIPELINED));
    JsonNode json = JsonMapper.shared().readTree(line);

    assertThat(line).doesNotContain("\n");
    assertThat(json.get("profile").asString()).isEqualTo("paper-h100");
    JsonNode large = json.get("results").get(0);
    assertThat(large.get("mode").asString()).isEqualTo("large");
    assertThat(large.get("speedup_over_large").asDouble()).isEqualTo(1);
    assertThat(large.get("tokens_per_second").asDouble()).isBetween(14.0, 15.0);
    JsonNode pipelined = json.get("results").get(1);
    assertThat(pipelined.propertyNames())
        .containsExactlyInAnyOrder(
            "mode",
            "tokens_per_second",
            "speedup_over_large",
            "latency",
            "parts",
            "small_busy",
            "large_busy",
            "small",
            "large");
    assertThat(pipelined.get("parts").get("small_decode").asDouble()).isPositive();
    assertThat(json.has("paper")).isFalse();
  }

  @Test
  void jsonOfAFleetHasTheDocumentedNames() throws IOException {
    JsonNode json = JsonMapper.shared().readTree(json(fleet(0.001)));

    assertThat(json.get("results").get(1).propertyNames())
        .containsExactlyInAnyOrder(
            "mode",
            "small_devices",
            "large_devices",
            "answers_per_second",
            "tokens_per_second",
            "latency",
            "queue_seconds",
            "overloaded",
            "small_busy",
            "large_busy",
            "device_hours_per_million",
            "busy_device_hours_per_million");
  }

  @Test
  void theTextShowsEveryModeAndTheBound() throws IOException {
    assertThat(SimulationText.of(report(Mode.LARGE, Mode.PIPELINED)))
        .startsWith("paper-h100: 3 answers, 5.00 % of their tokens by the large model\n")
        .containsPattern("large +15\\.0 +1\\.00x")
        .containsPattern("pipelined +\\d+\\.\\d +\\d\\.\\d\\dx")
        .contains("No schedule passes 6.")
        .containsPattern("mode +small prefill +small decode +large prefill +large decode +probe");
  }

  @Test
  void thePapersFiguresStandBesideTheSimulatedOnes() throws IOException {
    PaperComparison paper =
        PaperComparison.simulate(
            paper(),
            new OutlineGenerator(
                new Lengths.Fixed(200), new Lengths.Fixed(8000), new Lengths.Geometric(32), 0),
            SplitSettings.DEFAULT,
            1);

    assertThat(paper.rows()).hasSize(2);
    assertThat(paper.rows().get(0).pipelined()).isBetween(8.0, 9.0);
    assertThat(paper.rows().get(1).pipelined()).isBetween(6.0, 7.0);
    assertThat(paper.rows().get(1).byContinuations()).isBetween(4.0, 6.0);
    assertThat(SimulationText.of(report(Mode.LARGE).with(paper)))
        .containsPattern("1\\.35 % +8-9x +8\\.\\d\\dx +8\\.\\d\\dx +\\d\\.\\d\\dx")
        .containsPattern("5\\.00 % +4-6x +6\\.\\d\\dx +6\\.\\d\\dx +\\d\\.\\d\\dx");
    assertThat(json(report(Mode.LARGE).with(paper)))
        .contains("\"paper\":{\"rows\":[{\"offload_ratio\":0.0135,\"reported_from\":8.0");
  }

  @Test
  void theTextOfAFleetSaysWhatIsTooMuchForIt() throws IOException {
    assertThat(FleetText.of(fleet(0.001)))
        .startsWith("paper-h100: 20 answers, 0.001 a second, ")
        .doesNotContain("Too much");
    assertThat(FleetText.of(fleet(5))).contains("\nToo much for this fleet: large, pipelined.");
  }

  @Test
  void equalRunsAreWrittenAlike() throws IOException {
    assertThat(json(report(Mode.values()))).isEqualTo(json(report(Mode.values())));
  }
}
