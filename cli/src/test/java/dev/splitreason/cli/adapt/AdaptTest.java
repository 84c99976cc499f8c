package dev.splitreason.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AdaptTest {

  /** The bundled models, and little of everything. */
  private static final List<String> OPTIONS =
      List.of(
          ("--small models/small.gguf --large models/large.gguf --template chain --chunk 2"
                  + " --span-cap 16 --problems chain:7 --limit 16 --held-out 4 --max-tokens 160"
                  + " --epochs 2 --rank 4 --threads 1")
              .split(" "));

  @TempDir private Path folder;

  @Test
  void fromTwoModelsToAnAdapterThatIsAskedAndAReport() {
    Path run = folder.resolve("run");
    String[] grpo = {"--grpo-steps", "1", "--grpo-prompts", "2", "--grpo-group", "2", "--json"};
    Result made = adapt(run, grpo);

    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.json().get("results").valueStream().map(AdaptTest::policy))
        .contains("small", "large", "random:0.05", "learned")
        .anyMatch(policy -> policy.startsWith("entropy:"));
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("adapter/adapter_model.safetensors")).isNotEmptyFile();
    assertThat(run.resolve("adapter/README.md"))
        .content()
        .contains("base_model: chain-small", "| `large` |");
    assertThat(run.resolve("sft/model")).as("what the adapter makes of the weights").doesNotExist();

    Result again = adapt(run, grpo);
    assertThat(again.err().lines()).hasSize(7).allMatch(line -> line.endsWith("done before"));
    assertThat(again.out()).isEqualTo(made.out());

    Result asked =
        CommandProcess.run(
            "ask", "--config", run.resolve("splitreason.yaml").toString(), "Start with 37. Add 5.");
    assertThat(asked.status()).as(asked.err()).isZero();
  }

  @Test
  void killedInEveryStageItComesToTheSameAdapter() throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    // One answer at a time: batches, whose rows depend on timing, round the last digits otherwise.
    String[] sft = {"--no-grpo", "--in-flight", "1"};
    assertThat(adapt(whole, sft).status()).isZero();
    for (String sign :
        List.of(
            "traces/answers/samples.jsonl",
            "stages/spans.begun.json",
            "sft/metrics.jsonl",
            "stages/measure.begun.json",
            "measure/answers/samples.jsonl")) {
      CommandProcess process = CommandProcess.start(Map.of(), words(killed, sft));
      while (process.process().isAlive() && !isThere(killed.resolve(sign))) {
        Thread.sleep(5);
      }
      process.kill();
    }
    Result ended = adapt(killed, sft);

    assertThat(ended.status()).as(ended.err()).isZero();
    for (String file :
        List.of("spans/spans.jsonl", "adapter/adapter_model.safetensors", "adapter/adapter.gguf")) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void aDryRunTellsWhatItTakesAndMakesNothing() {
    JsonNode needed = adapt(folder.resolve("run"), "--dry-run", "--json").json();
    assertThat(needed.get("trace_tokens").asLong()).isEqualTo(12 * 80);
    assertThat(needed.get("hours").asDouble()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  private static boolean isThere(Path file) throws Exception {
    return Files.exists(file) && Files.size(file) > 0;
  }

  private static String policy(JsonNode result) {
    return result.get("policy").asString();
  }

  private static Result adapt(Path output, String... more) {
    return CommandProcess.run(words(output, more));
  }

  private static String[] words(Path output, String... more) {
    return Stream.of(
            Stream.of("adapt", "--output", output.toString()), OPTIONS.stream(), Stream.of(more))
        .flatMap(words -> words)
        .map(word -> word.startsWith("models/") ? project(word) : word)
        .toArray(String[]::new);
  }

  private static String project(String file) {
    return CommandProcess.project().resolve(file).toString();
  }
}
