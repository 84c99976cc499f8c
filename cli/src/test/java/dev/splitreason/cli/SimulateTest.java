package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SimulateTest {

  private static final String TRACE =
      """
      {"segments":[{"author":"small","text":"1<bigmodel>","tokens":900},\
      {"author":"large","text":"77","tokens":30},\
      {"author":"small","text":"</bigmodel>6","tokens":70}]}
      """;

  @TempDir private Path folder;

  private static JsonNode json(String... options) {
    List<String> words = new ArrayList<>(List.of("simulate", "--json", "--answers", "20"));
    words.addAll(List.of(options));
    Result result = run(words.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    return result.json();
  }

  private static double speedup(JsonNode report, String mode) {
    return result(report, mode).get("speedup_over_large").asDouble();
  }

  private static JsonNode result(JsonNode report, String mode) {
    for (JsonNode result : report.get("results")) {
      if (result.get("mode").asString().equals(mode)) {
        return result;
      }
    }
    throw new AssertionError("no mode " + mode + " in " + report);
  }

  @Test
  void thePapersPairIsEightToNineTimesAsFastAtItsMedianOffload() {
    JsonNode report = json("--profile", "paper-h100", "--offload-ratio", "0.0135");

    assertThat(report.get("profile").asString()).isEqualTo("paper-h100");
    assertThat(speedup(report, "large")).isEqualTo(1);
    assertThat(speedup(report, "pipelined")).isBetween(8.0, 9.0);
    assertThat(speedup(report, "sequential")).isBetween(8.0, speedup(report, "pipelined"));
    assertThat(result(report, "small").get("tokens_per_second").asDouble()).isBetween(149.0, 150.0);
  }

  @Test
  void theSameSeedGivesTheSameDocument() {
    String[] words = {
      "simulate", "--json", "--answers", "5", "--speculative", "0.8", "--seed", "3"
    };

    assertThat(run(words).out()).isEqualTo(run(words).out());
  }

  @Test
  void recordedAnswersAreReplayed() throws IOException {
    String file = Files.writeString(folder.resolve("t.jsonl"), TRACE.repeat(3)).toString();

    JsonNode report = json("--profile", "paper-h100", "--traces", file);

    assertThat(report.get("answers").asInt()).isEqualTo(3);
    assertThat(report.get("offload_ratio").asDouble()).isEqualTo(0.03);
    assertThat(result(report, "large").get("large").get("decoded").asInt()).isEqualTo(3 * 998);
  }

  @Test
  void recordedAnswersAreReplayedWithTheChunkThatTheyWereRecordedWith() throws IOException {
    String pair =
        ",\"pair\":{\"chunk\":2,\"span_cap\":64,\"tags\":{\"open\":\"<bigmodel>\","
            + "\"close\":\"</bigmodel>\"}}}";
    String told = TRACE.strip().replaceFirst("}$", pair) + "\n";
    String file = Files.writeString(folder.resolve("t.jsonl"), told).toString();
    String mixed = Files.writeString(folder.resolve("m.jsonl"), told + TRACE).toString();

    assertThat(json("--traces", file).get("results"))
        .isEqualTo(json("--traces", file, "--chunk", "2", "--span-cap", "64").get("results"))
        .isNotEqualTo(json("--traces", file, "--chunk", "8").get("results"));
    assertThat(run("simulate", "--traces", mixed).err())
        .isEqualTo(
            "splitreason: the traces were recorded with different values of --chunk, 2 to 8:"
                + " choose one\n");
  }

  @Test
  void noModelIsBusierThanAllTheTime() throws IOException {
    String small = "{\"segments\":[{\"author\":\"small\",\"text\":\"1\",\"tokens\":57}]}\n";
    String file = Files.writeString(folder.resolve("t.jsonl"), small).toString();

    assertThat(result(json("--traces", file), "pipelined").get("large_busy").asDouble())
        .isLessThanOrEqualTo(1);
    assertThat(run("simulate", "--traces", file).out()).contains("paper-h100: 1 answer, 0.00 %");
  }

  @Test
  void recordedAnswersMayBeOffloadedAtAnotherShare() throws IOException {
    String file = Files.writeString(folder.resolve("t.jsonl"), TRACE.repeat(3)).toString();

    JsonNode report = json("--traces", file, "--offload-ratio", "0.06");

    assertThat(report.get("offload_ratio").asDouble()).isEqualTo(0.06);
  }

  @Test
  void aPrintedProfileCanBeSimulatedWith() throws IOException {
    Result printed = run("simulate", "--profile", "roofline:h100:1.5b:32b", "--print-profile");
    String file = Files.writeString(folder.resolve("p.json"), printed.out()).toString();

    assertThat(json("--profile", file).get("results"))
        .isEqualTo(json("--profile", "roofline:h100:1.5b:32b").get("results"));
  }

  @Test
  void aFleetIsComparedWithTheLargeModelOnAllItsDevices() {
    JsonNode report =
        json(
            "--fleet",
            "--arrivals",
            "0.05",
            "--profile",
            "roofline:h100:1.5b:32b",
            "--small-devices",
            "1",
            "--large-devices",
            "2",
            "--answer-tokens",
            "500");

    assertThat(result(report, "large").get("large_devices").asInt()).isEqualTo(2);
    assertThat(result(report, "pipelined").get("small_devices").asInt()).isEqualTo(1);
    assertThat(result(report, "pipelined").get("overloaded").asBoolean()).isFalse();
  }

  @Test
  void whatIsMeasuredHereCanBeSimulatedWith() {
    String file = folder.resolve("here.json").toString();

    Result measured =
        run(
            "profile",
            "--output",
            file,
            "--contexts",
            "32,64",
            "--batches",
            "1,2",
            "--prefills",
            "1,16",
            "--repeats",
            "1");

    assertThat(measured.status()).isZero();
    assertThat(measured.out()).isEmpty();
    assertThat(measured.err()).contains("decode step of 2 sequences after 64 tokens: ");
    JsonNode report = json("--profile", file, "--answer-tokens", "70", "--span-tokens", "2");
    assertThat(report.get("profile").asString()).isEqualTo("chain");
    assertThat(speedup(report, "small")).isPositive();
  }

  @Test
  void whatWasMeasuredOfTheSmallModelIsKeptWhereTheLargeOneFails() {
    String file = folder.resolve("half.json").toString();
    String[] words = {
      "profile",
      "--output",
      file,
      "--contexts",
      "32",
      "--batches",
      "1",
      "--prefills",
      "16",
      "--repeats",
      "1",
      "--large",
      "http://127.0.0.1:9/v1#gone"
    };

    Result first = run(words);
    Result second = run(words);

    assertThat(first.status()).isNotZero();
    assertThat(first.err()).contains("decode step of 1 sequences", "is left out: ");
    assertThat(second.err()).contains(" was measured before: taken from " + file);
    assertThat(second.err()).doesNotContain("decode step");
    assertThat(run("simulate", "--profile", file).err()).contains("without its large model");
  }

  @Test
  void textShowsTablesAndThePapersFigures() {
    Result result = run("simulate", "--answers", "5");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .containsPattern("(?m)^pipelined +\\d+\\.\\d +8\\.\\d\\dx")
        .containsPattern("(?m)^5\\.00 % +4-6x +6\\.\\d\\dx +6\\.\\d\\dx +5\\.\\d\\dx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--profile paper-a100|no profile and no file is called 'paper-a100'",
        "--profile roofline:h100:1.5b:33b|unknown model size '33b'",
        "--offload-ratio 1.5|the offload ratio must be in 0 … 1, not 1.5",
        "--answers 0|--answers must be at least 1, not 0",
        "--answer-tokens many|'many' is no length",
        "--probe guess|unknown probe 'guess'",
        "--speculative 1.2|an acceptance rate in 0 … 1",
        "--chunk 0|chunks and the span cap must be at least 1 token",
        "--fleet|--fleet needs --arrivals",
        "--arrivals 3|need --fleet",
        "--fleet --arrivals 0|the arrival rate must be above 0",
        "--fleet --arrivals 1 --small-devices 0|a fleet has at least 1 device for each model",
        "--fleet --arrivals 1 --shared-device|has one for both"
      })
  void wrongUseIsOneLine(String options, String message) {
    Result result = run(("simulate " + options).split(" "));

    assertThat(result.err()).startsWith("splitreason: ").contains(message);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void aProfileThatIsCutIsToldInPlainWords() throws IOException {
    String file = Files.writeString(folder.resolve("p.json"), "{\"name\":1").toString();

    Result result = run("simulate", "--profile", file);

    assertThat(result.err())
        .startsWith("splitreason: " + file + ": Unexpected end-of-input")
        .doesNotContain("REDACTED");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void aMissingTraceFileIsAFailure() {
    Result result = run("simulate", "--traces", "no.jsonl");

    assertThat(result.err()).isEqualTo("splitreason: no such file: no.jsonl\n");
    assertThat(result.status()).isEqualTo(1);
  }
}
