package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.QUESTION;
import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An option means the same wherever it can be meant, and is refused where it cannot. */
class OneVocabularyTest {

  @TempDir private Path folder;

  @Test
  void aBiasIsWrittenBehindThePolicyOrAsAnOption() throws IOException {
    Path file = folder.resolve("c.yaml");
    String config =
        Files.writeString(file, "defaults: {decoding: {policy: 'learned:-100'}}\n").toString();
    JsonNode option = run("ask", "--json", "--offload-bias", "-100", QUESTION).json();
    JsonNode policy = run("ask", "--json", "--policy", "learned:-100", QUESTION).json();
    JsonNode configured = run("ask", "--json", "--config", config, QUESTION).json();

    assertThat(policy.at("/usage/large_tokens").asInt()).isZero();
    assertThat(policy.get("text")).isEqualTo(option.get("text"));
    assertThat(configured.get("text")).isEqualTo(option.get("text"));
  }

  @Test
  void anEvaluationKnowsTheDialAndEverySamplingOption() {
    Result result =
        run(
            "eval",
            "--json",
            "--policies",
            "learned,learned:+1",
            "--limit",
            "2",
            "--max-tokens",
            "5",
            "--offload-bias",
            "-100",
            "--top-k",
            "5",
            "--min-p",
            "0.1",
            "--repetition-penalty",
            "1.01");

    assertThat(result.status()).as(result.err()).isZero();
    JsonNode rows = result.json().get("results");
    assertThat(rows.get(0).get("policy").asString()).isEqualTo("learned:-100");
    assertThat(rows.get(0).get("offload_ratio").asDouble()).isZero();
    assertThat(rows.get(0).get("truncated").asInt()).isEqualTo(2);
    assertThat(rows.get(1).get("policy").asString()).isEqualTo("learned:+1");
  }

  @Test
  void aBiasThatNoPolicyFollowsIsRefused() {
    assertRefused(
        run("ask", "--policy", "small", "--offload-bias", "2", QUESTION),
        "--offload-bias is for the learned policy, not small");
    assertRefused(
        run("eval", "--policies", "small,large", "--offload-bias", "2"), "--offload-bias is for");
  }

  @Test
  void aModelOnAServerIsNamedInOneWord() throws IOException {
    Path traces = Files.writeString(folder.resolve("t.jsonl"), "{\"text\":\"1+1=2\"}\n");
    String output = folder.resolve("o.jsonl").toString();

    assertRefused(
        annotated("http://localhost:1/v1", output, traces),
        "--endpoint must say which model: http://localhost:1/v1#MODEL, or --model MODEL");
    assertRefused(
        annotated("http://localhost:1/v1#one", output, traces, "--model", "two"),
        "--endpoint names the model one, --model two");
    assertRefused(
        annotated("http://localhost:1/v1#one", output, traces, "--timeout", "0s"), "above 0");
  }

  @Test
  void aConfigurationIsReadOrRefused() {
    assertRefused(run("check", "--config", "no.yaml", "--pairs", "p"), "--config is of no use");
    assertRefused(run("simulate", "--config", "no.yaml"), "--config is of no use to 'simulate'");
    assertRefused(
        run("--config", "no.yaml", "data", "chain", "--limit", "1", "-o", "x"),
        "--config is of no use to 'chain'");
    assertRefused(
        run("annotate", "--annotator", "tags", "--config", "no.yaml", "-o", "x.jsonl", "t.jsonl"),
        "--config is for --annotator divergence");
    assertRefused(run("stats", "--config", "no.yaml", "t.jsonl"), "--config tells the models");
  }

  @Test
  void theHomeFolderIsTheShells() throws IOException {
    Path file = folder.resolve(".config/splitreason/splitreason.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "nonsense: 1\n");

    Result result =
        CommandProcess.start(
                Map.of("HOME", folder.toString(), "XDG_CONFIG_HOME", ""), "ask", QUESTION)
            .finish();

    assertRefused(result, file + ":1: unknown key 'nonsense'");
  }

  @Test
  void helpNamesACommandInEitherOrder() {
    Result help = run("help", "ask");

    assertThat(help.status()).isZero();
    assertThat(help.out()).isEqualTo(run("ask", "--help").out()).contains("--policy");
  }

  @Test
  void aDryRunShowsEverythingThatItsCommandsNeed() {
    String text = run("reproduce", "--quick", "--dry-run").out();
    JsonNode json = run("reproduce", "--quick", "--dry-run", "--json").json();

    assertThat(text)
        .contains("cat > runs/quick/splitreason.yaml", json.get("configuration").asString());
    for (JsonNode step : json.get("steps")) {
      assertThat(text).contains("splitreason " + step.at("/arguments/0").asString());
      assertThat(step.get("result").asString()).startsWith("runs/quick");
    }
  }

  private static Result annotated(String endpoint, String output, Path traces, String... more) {
    String[] given = {
      "annotate", "--annotator", "llm", "--endpoint", endpoint, "--output", output,
    };
    String[] all = new String[given.length + more.length + 1];
    System.arraycopy(given, 0, all, 0, given.length);
    System.arraycopy(more, 0, all, given.length, more.length);
    all[all.length - 1] = traces.toString();
    return run(all);
  }

  private static void assertRefused(Result result, String said) {
    assertThat(result.err()).contains(said).hasLineCount(1);
    assertThat(result.status()).isEqualTo(2);
  }
}
