package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CalibrateTest {

  @TempDir private Path folder;

  @Test
  void aThresholdIsFoundAndTheLinesThatNameItAreAConfiguration() throws IOException {
    CommandProcess.Result found =
        run("calibrate", "--target-share", "0.06", "--policies", "glimpse", "--limit", "8");

    assertThat(found.status()).as(found.err()).isZero();
    assertThat(found.out()).contains("# for the configuration file", "    policy: \"glimpse:");
    String lines = found.out().substring(found.out().indexOf("pairs:"));
    Path config = folder.resolve("pair.yaml");
    Files.writeString(
        config,
        lines
            .replace("chain:", "mine: {small: chain-small-split, large: chain-large}")
            .replaceFirst(
                "large: chain-large}\\s+policy: (.*)", "large: chain-large, policy: $1}"));
    JsonNode asked =
        run(
                "ask",
                "--json",
                "--config=" + config,
                "--pair=mine",
                "--trace=" + folder.resolve("t.jsonl"),
                "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last"
                    + " two digits.")
            .json();

    assertThat(asked.get("degraded").asBoolean()).isFalse();
    assertThat(Files.readString(folder.resolve("t.jsonl"))).contains("\"policy\":\"glimpse:");
  }

  @Test
  void evalBringsPoliciesToAShareOnProblemsThatItDoesNotMeasure() {
    CommandProcess.Result measured =
        run(
            "eval",
            "--json",
            "--policies=small,random",
            "--target-share=0.2",
            "--calibrate-on=chain:77",
            "--calibrate-limit=4",
            "--limit=4");

    JsonNode results = measured.json().get("results");
    assertThat(results).hasSize(2);
    assertThat(results.get(1).get("policy").asString()).startsWith("random:0.");
    assertThat(results.get(1).get("offload_ratio").asDouble()).isBetween(0.1, 0.3);
    assertThat(results.get(1).get("gain").get("p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(measured.err()).contains("eval: random:0.");
  }

  @Test
  void whatCannotBeCalibratedIsTold() {
    assertThat(run("calibrate", "--target-share", "0.1", "--policies", "cues").err())
        .contains("'cues'", "no number");
    assertThat(run("calibrate", "--target-share", "2").err()).contains("above 0 and below 1");
    assertThat(run("eval", "--policies", "random", "--target-share", "0.1").err())
        .contains("--calibrate-on");
    assertThat(
            run(
                    "eval",
                    "--policies=random",
                    "--target-share=0.1",
                    "--limit=3",
                    "--calibrate-on=chain")
                .err())
        .contains("measured with");
  }
}
