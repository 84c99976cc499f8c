package dev.splitreason.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What an adaptation is for: with its adapter, the small model calls the large one where it pays.
 */
class AdaptLearnsTest {

  @TempDir private Path folder;

  @Test
  void theAdaptedPairIsRightMoreOftenThanTheSmallModelAndThanChance() {
    String traces = folder.resolve("chain.jsonl").toString();
    assertThat(run("data chain --limit 600 --seed 11 --output " + traces).status()).isZero();
    Result adapted =
        run(
            "adapt --small models/small.gguf --large models/large.gguf --template chain --chunk 2"
                + " --span-cap 16 --problems chain:7 --limit 60 --held-out 40 --max-tokens 160"
                + " --no-grpo --json --traces "
                + traces
                + " --output "
                + folder.resolve("run"));

    assertThat(adapted.status()).as(adapted.err()).isZero();
    Map<String, JsonNode> results =
        adapted
            .json()
            .get("results")
            .valueStream()
            .collect(Collectors.toMap(result -> result.get("policy").asString(), result -> result));
    double learned = of(results, "learned", "accuracy");
    assertThat(learned).isGreaterThanOrEqualTo(of(results, "small", "accuracy") + 0.1);
    assertThat(learned).isGreaterThanOrEqualTo(of(results, "random:0.05", "accuracy") + 0.1);
    assertThat(of(results, "learned", "offload_ratio")).isBetween(0.01, 0.1);
  }

  private static double of(Map<String, JsonNode> results, String policy, String figure) {
    return Objects.requireNonNull(results.get(policy), policy).get(figure).asDouble();
  }

  private static Result run(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      words.add(
          word.startsWith("models/") ? CommandProcess.project().resolve(word).toString() : word);
    }
    return CommandProcess.run(words.toArray(String[]::new));
  }
}
