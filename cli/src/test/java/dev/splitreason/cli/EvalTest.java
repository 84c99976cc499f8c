package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EvalTest {

  private static final Pattern TIMES =
      Pattern.compile(
          "\"(start|end|seconds|small_prefilled|large_prefilled)\":[^,}]*|\"token_times\".*");

  @TempDir private Path folder;

  @Test
  void tellsWhatEachPolicyReachedAsOneDocument() {
    CommandProcess.Result result =
        run("eval", "--json", "--policies", "small,large,random:0.10,learned", "--limit", "10");

    assertThat(result.status()).as(result.err()).isZero();
    JsonNode results = result.json().path("results");
    assertThat(results.valueStream().map(of -> of.path("policy").asString()))
        .containsExactly("small", "large", "random:0.1", "learned");
    JsonNode learned = results.path(3);
    assertThat(learned.propertyNames())
        .startsWith(
            "policy",
            "accuracy",
            "ci95",
            "offload_ratio",
            "mean_latency_ms",
            "problems",
            "samples");
    assertThat(learned.path("problems").asInt()).isEqualTo(10);
    assertThat(learned.path("accuracy").asDouble())
        .isGreaterThan(results.path(0).path("accuracy").asDouble());
    assertThat(learned.path("offload_ratio").asDouble()).isBetween(0.01, 0.1);
  }

  @Test
  void anInterruptedRunGoesOnAndEndsAsAnUninterruptedOneWould() throws IOException {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    assertThat(evalInto(whole).status()).isZero();
    assertThat(evalInto(cut).status()).isZero();
    Path samples = cut.resolve("samples.jsonl");
    byte[] bytes = Files.readAllBytes(samples);
    Files.write(samples, Arrays.copyOf(bytes, bytes.length / 2));

    CommandProcess.Result resumed = evalInto(cut);

    assertThat(resumed.err()).contains("going on");
    assertThat(answers(cut)).containsExactlyInAnyOrderElementsOf(answers(whole));
  }

  @Test
  void theSameSeedGivesExactlyTheSameResultsHoweverManyAnswersAreInFlight() {
    JsonNode one = resultsWith("--in-flight=1", "--seed=3");
    JsonNode many = resultsWith("--in-flight=8", "--seed=3");
    JsonNode other = resultsWith("--in-flight=8", "--seed=4");

    assertThat(many).isEqualTo(one).isNotEqualTo(other);
  }

  private static JsonNode resultsWith(String... options) {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(arguments, "eval", "--json", "--policies=learned,random:0.2,entropy:0.5");
    Collections.addAll(arguments, "--benchmark=chain:1", "--limit=12", "--samples=2");
    Collections.addAll(arguments, "--temperature=0.9");
    Collections.addAll(arguments, options);
    CommandProcess.Result run = run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode results = run.json().path("results");
    results.forEach(result -> ((ObjectNode) result).remove("mean_latency_ms"));
    return results;
  }

  @Test
  void aSmallModelThatNeverHandsOverIsToldWithWhatCanBeDone() {
    String never = run("eval", "--policies=learned:-100", "--limit=2").err();
    String does = run("eval", "--policies=learned", "--limit=2").err();

    assertThat(never).contains("never handed over").contains("--policies entropy");
    assertThat(does).doesNotContain("never handed over");
  }

  @Test
  void anotherRunDoesNotGoOnInTheSameFolder() {
    assertThat(evalInto(folder).status()).isZero();

    CommandProcess.Result other =
        run("eval", "--limit", "2", "--seed", "9", "--output", folder.toString());

    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("seed 0, not 9");
  }

  @Test
  void aCorrectedReferenceIsJudgedAgainAndAnotherQuestionIsAskedAgain() throws IOException {
    assertThat(onFile("1+1=", "no number").path("accuracy").asDouble()).isZero();
    String answer = line("samples.jsonl", 1).path("answer").asString();

    JsonNode corrected = onFile("1+1=", answer);

    assertThat(corrected.path("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(told)
        .contains(
            "eval: the reference answers of 1 problems changed: 1 samples were judged again, 1 of"
                + " them otherwise than before")
        .doesNotContain("going on, 1 of");
    assertThat(folder.resolve("run/samples.jsonl")).content().hasLineCount(2);

    JsonNode another = onFile("2+2=", answer);

    assertThat(told).contains("eval: 1 problems ask something else now: 1 samples are asked again");
    assertThat(another.path("problems").asInt()).isEqualTo(2);
    assertThat(line("samples.jsonl", 1).path("question").asString()).isEqualTo("2+2=");
    assertThat(line("outdated.jsonl", 0).path("question").asString()).isEqualTo("1+1=");
    assertThat(folder.resolve("run/samples.jsonl")).content().hasLineCount(2);
  }

  private String told = "";

  /** The figures of the small model on two problems, of which the answer of one is never right. */
  private JsonNode onFile(String problem, String reference) throws IOException {
    JsonMapper json = JsonMapper.shared();
    Path file =
        Files.write(
            folder.resolve("p.jsonl"),
            List.of(
                "{\"id\":\"never\",\"problem\":\"1+2=\",\"answer\":\"no number\"}",
                json.writeValueAsString(
                    Map.of("id", "a", "problem", problem, "answer", reference))));
    CommandProcess.Result result =
        run(
            "eval",
            "--json",
            "--benchmark=" + file,
            "--policies=small",
            "--max-tokens=60",
            "--in-flight=1",
            "--output=" + folder.resolve("run"));
    assertThat(result.status()).as(result.err()).isZero();
    told = result.err();
    return result.json().at("/results/0");
  }

  private JsonNode line(String file, int number) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readAllLines(folder.resolve("run").resolve(file)).get(number));
  }

  @Test
  void aKeptRunHasAReportOfOnePageThatLoadsNothing() throws IOException {
    assertThat(evalInto(folder).status()).isZero();

    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<svg", "<mark>", "eval --policies", "Simulated on paper-h100")
        .doesNotContain("http", "src=");
    assertThat(folder.resolve("accuracy-offload.png")).isNotEmptyFile();
  }

  @Test
  void aReportIsWrittenAnewForOtherHardwareAndElsewhere() throws IOException {
    assertThat(evalInto(folder.resolve("run")).status()).isZero();
    Path elsewhere = folder.resolve("elsewhere");

    CommandProcess.Result report =
        run(
            "report",
            folder.resolve("run").toString(),
            "--profile=roofline:h100:1.5b:32b",
            "--output=" + elsewhere);

    assertThat(report.out().strip()).isEqualTo(elsewhere.resolve("report.html").toString());
    assertThat(Files.readString(elsewhere.resolve("report.html")))
        .contains("Simulated on roofline:h100:1.5b:32b");
    assertThat(run("report", folder.resolve("run").toString(), "--profile=h1000").err())
        .contains("'h1000'")
        .hasLineCount(1);
  }

  @Test
  void wrongUseIsToldInOneLine() {
    assertThat(run("eval", "--policies", "learned:much").err()).contains("'learned:much'");
    assertThat(run("eval", "--benchmark", "gsm8k").err()).contains("download").hasLineCount(1);
    assertThat(run("eval", "--samples", "0").status()).isEqualTo(2);
    assertThat(run("report", folder.toString()).status()).isEqualTo(2);
  }

  private static CommandProcess.Result evalInto(Path output) {
    // Sequential: pipelined, how many tokens are discarded depends on timing.
    return run(
        "eval",
        "--policies",
        "small,learned",
        "--sequential",
        "--limit",
        "4",
        "--output",
        output.toString());
  }

  /** The samples without their times, and without what was prefilled ahead, which varies too. */
  private static List<String> answers(Path output) throws IOException {
    return Files.readAllLines(output.resolve("samples.jsonl")).stream()
        .map(line -> TIMES.matcher(line).replaceAll(""))
        .toList();
  }
}
