package dev.splitreason.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the measurements; nothing is measured here. */
class MeasurementsTest {

  @Test
  void readsWhatLlamaBenchPrints() throws IOException {
    LlamaBench.Run run =
        LlamaBench.parse(
            """
            [
              {"build_commit": "0ad4a86", "cpu_info": "AMD EPYC", "backends": "CPU",
               "n_prompt": 512, "n_gen": 0, "avg_ts": 121.58, "samples_ts": [ 121.58 ]},
              {"build_commit": "0ad4a86", "cpu_info": "AMD EPYC", "backends": "CPU",
               "n_prompt": 0, "n_gen": 128, "avg_ts": 33.64, "samples_ts": [ 33.64 ]}
            ]
            """);

    assertThat(run)
        .isEqualTo(new LlamaBench.Run(new Speed(121.58, 33.64), "0ad4a86", "CPU", "AMD EPYC"));
  }

  @Test
  void refusesOutputWithoutSpeeds() {
    assertThatThrownBy(() -> LlamaBench.parse("[]"))
        .isInstanceOf(IOException.class)
        .hasMessage("llama-bench printed no speeds: []");
  }

  @Test
  void comparesWithinTurnsSoThatDriftCancels() {
    // The machine halves its clock between the turns; the engine is 10 % faster in each.
    List<PeerComparison.Turn> turns =
        List.of(
            new PeerComparison.Turn(new Speed(220, 44), new Speed(200, 40)),
            new PeerComparison.Turn(new Speed(110, 22), new Speed(100, 20)));

    List<PeerComparison> rows = PeerComparison.of(2, new ThroughputWorkload(512, 128), turns);

    assertThat(rows)
        .containsExactly(
            new PeerComparison(2, "prefill", 512, 165, 150, 1.1),
            new PeerComparison(2, "decode", 128, 33, 30, 1.1));
  }

  @Test
  void setsSessionsTogetherAgainstOneOfTheSameTurn() {
    List<Concurrency.Turn> turns =
        List.of(
            new Concurrency.Turn(1, 50, 50),
            new Concurrency.Turn(8, 150, 50),
            new Concurrency.Turn(1, 40, 40),
            new Concurrency.Turn(8, 120, 40));

    assertThat(Concurrency.of(2, List.of(1, 8), turns))
        .containsExactly(new Concurrency(2, 1, 45, 1), new Concurrency(2, 8, 135, 3));
  }

  @Test
  void printsNumbersUnderTheirNames() {
    SpeedReport report =
        new SpeedReport(
            "tiny.gguf",
            "AMD EPYC, 2 cores",
            "0ad4a86 (CPU)",
            5,
            List.of(new PeerComparison(1, "prefill", 512, 120, 125, 0.96)),
            List.of(new Concurrency(2, 8, 99, 2)));

    assertThat(report.toJson())
        .contains("\"llama_cpp\" : \"0ad4a86 (CPU)\"")
        .contains("\"llama_bench_tokens_per_second\" : 125.0")
        .contains("\"ratio_to_one\" : 2.0");
  }
}
