package dev.splitreason.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BenchTest {

  private static Result handOff(String... options) {
    List<String> command = new ArrayList<>(List.of("bench", "handoff"));
    command.addAll(List.of("--small", "models/small-split.gguf", "--large", "models/large.gguf"));
    command.addAll(
        List.of("--prompt", "32", "--tokens", "100", "--spans", "1-2", "--share", "0.1"));
    command.addAll(List.of(options));
    return CommandProcess.run(command.toArray(String[]::new));
  }

  @Test
  void measuresEveryWayOfDecodingTheSameAnswer() {
    Result result = handOff("--repetitions", "1", "--json");

    assertThat(result.status()).as(result.err()).isZero();
    JsonNode report = result.json();
    List<String> ways = new ArrayList<>();
    report.get("rows").forEach(row -> ways.add(row.get("way").asString()));
    assertThat(ways)
        .containsExactly(
            "large", "small", "speculative", "without-reuse", "probing", "sequential", "pipelined");
    assertThat(report.get("rows"))
        .allSatisfy(row -> assertThat(row.get("seconds").asDouble()).isPositive());
    int tags = 2 * report.get("spans").asInt();
    assertThat(report.get("small_tokens").asInt() + report.get("large_tokens").asInt())
        .isEqualTo(100 + tags);
    // The published probing asks for a continuation behind every token of a chunk.
    assertThat(small(report, "probing")).isGreaterThan(3 * small(report, "sequential"));
  }

  private static double small(JsonNode report, String way) {
    for (JsonNode row : report.get("rows")) {
      if (row.get("way").asString().equals(way)) {
        return row.get("small").get("passes").asDouble();
      }
    }
    throw new AssertionError(way);
  }

  @Test
  void aWayOrATagThatThereIsNotIsOneLine() {
    assertThat(handOff("--ways", "faster").err())
        .isEqualTo(
            "splitreason: --ways are pipelined, probing, sequential, speculative, without-reuse\n");
    assertThat(handOff("--tags", "<a>,</a>").err())
        .isEqualTo(
            "splitreason: the vocabulary has no tokens [<a>, </a>]: name two of its control tokens"
                + " by --tags\n");
  }
}
