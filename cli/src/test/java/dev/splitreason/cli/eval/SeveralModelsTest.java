package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One run over several checkpoints and several large models. */
class SeveralModelsTest {

  private static final Path MODELS = CommandProcess.project().resolve("models");

  @TempDir private Path folder;

  @Test
  void everySmallModelIsMeasuredWithEveryLargeOneAndEachModelAloneOnce() throws IOException {
    String trained = MODELS.resolve("small-split.gguf").toString();
    String checkpoint = copy("small-split.gguf", "checkpoint.gguf");
    String capable = MODELS.resolve("large.gguf").toString();
    String babbling = folder.resolve("babbling.gguf").toString();
    RandomQwen2.of(RandomQwen2.TINY, GgufTensorType.Q8_0, 1).write(Path.of(babbling));
    Path output = folder.resolve("run");

    CommandProcess.Result run =
        CommandProcess.run(
            "eval",
            "--json",
            "--template=chain",
            "--policies=large,small,learned",
            "--small=" + trained,
            "--small=" + checkpoint,
            "--large=" + capable,
            "--large=" + babbling,
            "--limit=6",
            "--max-tokens=120",
            "--output=" + output);

    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> results = run.json().path("results").valueStream().toList();
    assertThat(results)
        .extracting(SeveralModelsTest::who)
        .containsExactlyInAnyOrder(
            "large: chain-large",
            "large: babbling.gguf",
            "small: chain-small",
            "small: checkpoint.gguf",
            "learned: chain-small-split + chain-large",
            "learned: checkpoint.gguf + chain-large",
            "learned: chain-small-split + babbling.gguf",
            "learned: checkpoint.gguf + babbling.gguf");
    assertThat(accuracy(results, "learned: checkpoint.gguf + chain-large"))
        .isEqualTo(accuracy(results, "learned: chain-small-split + chain-large"))
        .isGreaterThan(accuracy(results, "learned: checkpoint.gguf + babbling.gguf"));
    assertThat(accuracy(results, "large: babbling.gguf")).isZero();
    assertThat(output.resolve("report.html")).isNotEmptyFile();
  }

  private String copy(String model, String name) throws IOException {
    return Files.copy(MODELS.resolve(model), folder.resolve(name)).toString();
  }

  private static double accuracy(List<JsonNode> results, String who) {
    return results.stream()
        .filter(result -> who(result).equals(who))
        .findFirst()
        .orElseThrow()
        .path("accuracy")
        .asDouble();
  }

  /** The policy and the file names of its models. */
  private static String who(JsonNode result) {
    String small = fileName(result.path("small").asString(""));
    String large = fileName(result.path("large").asString(""));
    return result.path("policy").asString()
        + ": "
        + (small.isEmpty() || large.isEmpty() ? small + large : small + " + " + large);
  }

  private static String fileName(String model) {
    return model.isEmpty() ? "" : Path.of(model).getFileName().toString();
  }
}
