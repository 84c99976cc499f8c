package dev.splitreason.cli.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces annotated by the divergence of models on a server. */
class AnnotateServedTest {

  private static final Map<String, String> FILES =
      Map.of("base", "small.gguf", "large", "large.gguf");

  @TempDir private Path folder;

  @BeforeEach
  void writeTraces() {
    Result result =
        CommandProcess.runIn(
            folder, "data", "chain", "--limit", "12", "--seed", "3", "--output", "chain.jsonl");
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void aServerThatScoresFindsTheSpansThatTheFilesFind() throws IOException {
    assertThat(annotate("files.jsonl").status()).isZero();
    try (var server = BundledServer.start(ServerSpelling.VLLM, FILES)) {
      Result result =
          annotate(
              "served.jsonl",
              "--base",
              server.at("base"),
              "--large",
              server.at("large"),
              "--template",
              "chain");

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(server.promptsScored()).isGreaterThanOrEqualTo(24);
    }
    assertThat(spans("served.jsonl")).isEqualTo(spans("files.jsonl")).isNotEmpty();
  }

  @Test
  void aServerThatCannotScoreIsToldInOneLine() throws IOException {
    try (var server = BundledServer.start(ServerSpelling.LLAMA_SERVER, FILES)) {
      Result result = annotate("served.jsonl", "--large", server.at("large"));

      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains("cannot score tokens, which divergence needs");
    }
  }

  private Result annotate(String output, String... options) {
    List<String> words =
        new ArrayList<>(List.of("annotate", "--annotator", "divergence", "--output", output));
    words.addAll(List.of(options));
    words.add("chain.jsonl");
    return CommandProcess.runIn(folder, words.toArray(String[]::new));
  }

  private List<String> spans(String file) throws IOException {
    List<String> spans = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      JsonNode trace = JsonMapper.shared().readTree(line);
      for (JsonNode span : trace.get("spans")) {
        spans.add(
            "%s %d-%d"
                .formatted(
                    trace.get("id").asString(),
                    span.get("start").asInt(),
                    span.get("end").asInt()));
      }
    }
    return spans;
  }
}
