package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.QUESTION;
import static dev.splitreason.cli.CommandProcess.run;
import static dev.splitreason.cli.CommandProcess.runWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.files.trace.AnswerJson;
import dev.splitreason.files.trace.RecordedAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AskTest {

  @TempDir private Path folder;

  @Test
  void showsWhatTheLargeModelWroteInBracketsAndTheCostOnStderr() {
    Result result = run("ask", QUESTION);

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("36-57=79\n79*64=⟦505⟧6\n")
        .contains("\\boxed{")
        .doesNotContain("bigmodel")
        .endsWith("</answer>\n");
    assertThat(result.err())
        .matches("── \\d+ tokens, \\d+ by the large model \\(\\d+\\.\\d %\\) · .*small .*s\n");
  }

  @Test
  void jsonIsOneDocumentInTheFixedShape() {
    Result result = run("ask", "--json", QUESTION);

    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    JsonNode json = result.json();
    assertThat(json.propertyNames())
        .containsExactly(
            "answer",
            "text",
            "segments",
            "usage",
            "finish_reason",
            "degraded",
            "degraded_because",
            "latency_ms");
    assertThat(json.get("answer").asString()).matches("\\d\\d");
    assertThat(json.get("finish_reason").asString()).isEqualTo("stop");
    assertThat(json.get("degraded").asBoolean()).isFalse();
    assertThat(json.get("latency_ms").isNumber()).isTrue();
    assertThat(json.get("usage").propertyNames())
        .containsExactly("small_tokens", "large_tokens", "discarded_tokens", "offload_ratio");
  }

  @Test
  void jsonSegmentsAddUpToTheTextAndTheUsage() {
    JsonNode json = run("ask", "--json", QUESTION).json();

    var text = new StringBuilder();
    int small = 0;
    int large = 0;
    for (JsonNode segment : json.get("segments")) {
      assertThat(segment.propertyNames()).containsExactly("author", "text", "tokens");
      text.append(segment.get("text").asString());
      int tokens = segment.get("tokens").asInt();
      if (segment.get("author").asString().equals("small")) {
        small += tokens;
      } else {
        large += tokens;
      }
    }
    JsonNode usage = json.get("usage");
    assertThat(json.get("text").asString()).isEqualTo(text.toString());
    assertThat(usage.get("small_tokens").asInt()).isEqualTo(small);
    assertThat(usage.get("large_tokens").asInt()).isEqualTo(large).isPositive();
    assertThat(usage.get("offload_ratio").asDouble()).isEqualTo((double) large / (small + large));
  }

  @Test
  void theQuestionMayComeOnStdin() {
    byte[] question = (QUESTION + "\n").getBytes(StandardCharsets.UTF_8);

    Result piped = runWithInput(question, "ask", "--policy", "small");
    Result dash = runWithInput(question, "ask", "--policy", "small", "-");

    assertThat(piped.out())
        .isEqualTo(dash.out())
        .isEqualTo(run("ask", "--policy", "small", QUESTION).out());
  }

  @Test
  void aSingleModelAnswersAlone() {
    assertThat(authors("--policy", "small")).containsOnly("small");
    assertThat(authors("--policy", "large")).containsOnly("large");
  }

  @Test
  void theOffloadRatioIsCapped() {
    JsonNode json = run("ask", "--json", "--max-offload-ratio", "0.03", QUESTION).json();

    assertThat(json.get("usage").get("offload_ratio").asDouble()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void theSameSeedGivesTheSameText() {
    String[] sampled = {"ask", "--temperature", "0.8", "--seed", "11", QUESTION};

    assertThat(run(sampled).out()).isEqualTo(run(sampled).out());
  }

  @Test
  void sequentialGivesTheSameTextAsPipelined() {
    assertThat(run("ask", "--sequential", QUESTION).out()).isEqualTo(run("ask", QUESTION).out());
  }

  @Test
  void aTokenLimitCutsTheAnswer() {
    JsonNode json = run("ask", "--json", "--max-tokens", "5", QUESTION).json();

    assertThat(json.get("finish_reason").asString()).isEqualTo("length");
    assertThat(json.get("usage").get("small_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void aTimeLimitCutsTheAnswer() {
    String[] endless = {
      "ask",
      "--json",
      "--policy",
      "small",
      "--repetition-penalty",
      "0.1",
      "--context",
      "50000",
      "--max-tokens",
      "40000",
      "--time-limit",
      "300ms",
      QUESTION
    };

    assertThat(run(endless).json().get("finish_reason").asString()).isEqualTo("timeout");
  }

  @Test
  void modelsThatAskForSamplingAreSampledUnlessToldOtherwise() throws IOException {
    Path models = CommandProcess.project().resolve("models");
    for (String file : new String[] {"small-split.gguf", "large.gguf"}) {
      Files.copy(models.resolve(file), folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"do_sample\":true,\"temperature\":0.6,\"top_p\":0.95}");
    Path traces = folder.resolve("traces.jsonl");
    List<String> ask = new ArrayList<>(List.of("ask", "--json", "--trace", traces.toString()));
    ask.addAll(List.of("--small", folder.resolve("small-split.gguf").toString()));
    ask.addAll(List.of("--large", folder.resolve("large.gguf").toString(), "--chunk", "2"));
    ask.add(QUESTION);

    Result asIs = run(ask.toArray(String[]::new));
    ask.addAll(List.of("--temperature", "0"));
    Result told = run(ask.toArray(String[]::new));

    assertThat(asIs.status()).as(asIs.err()).isZero();
    assertThat(told.status()).as(told.err()).isZero();
    List<String> lines = Files.readAllLines(traces);
    Sampling advised = AnswerJson.read(lines.get(0)).options().sampling();
    assertThat(advised.temperature()).isEqualTo(0.6);
    assertThat(advised.topP()).isEqualTo(0.95);
    assertThat(AnswerJson.read(lines.get(1)).options().sampling().greedy()).isTrue();
  }

  @Test
  void tracesAreAppendedAndCanBeReadBack() throws IOException {
    Path file = folder.resolve("traces.jsonl");

    Result first = run("ask", "--json", "--trace", file.toString(), QUESTION);
    run("ask", "--trace", file.toString(), "--policy", "small", "--seed", "5", QUESTION);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    RecordedAnswer learned = AnswerJson.read(lines.get(0));
    assertThat(learned.question()).isEqualTo(QUESTION);
    assertThat(learned.trace().text()).isEqualTo(first.json().get("text").asString());
    assertThat(learned.trace().tokenTimes())
        .hasSize(learned.trace().usage().smallTokens() + learned.trace().usage().largeTokens());
    RecordedAnswer small = AnswerJson.read(lines.get(1));
    assertThat(small.options().policy()).isEqualTo(new Policy.SmallOnly());
    assertThat(small.options().sampling().seed()).isEqualTo(5);
    assertThat(small.large()).isNull();
    assertThat(small.id()).isNotEqualTo(learned.id());
  }

  @Test
  void modelsMayBeNamedByTheirFiles() {
    Result result =
        run("ask", "--small", "models/small-split.gguf", "--large", "models/large.gguf", QUESTION);

    assertThat(result.out()).isEqualTo(run("ask", QUESTION).out());
  }

  @Test
  void copiesOfTheBundledModelsNeedNoFurtherOptions() throws IOException {
    Path models = CommandProcess.project().resolve("models");
    Path small = Files.copy(models.resolve("small-split.gguf"), folder.resolve("s.gguf"));
    Path large = Files.copy(models.resolve("large.gguf"), folder.resolve("l.gguf"));

    Result result = run("ask", "--small", small.toString(), "--large", large.toString(), QUESTION);

    assertThat(result.out()).isEqualTo(run("ask", QUESTION).out());
  }

  @Test
  void modelsInTheWrongOrderAreWarnedAbout() {
    Result result =
        run("ask", "--small", "models/large.gguf", "--large", "models/small-split.gguf", QUESTION);

    assertThat(result.status()).isZero();
    assertThat(result.err())
        .contains("splitreason: WARN: the small model")
        .contains("are the two swapped?");
  }

  @Test
  void aConfigurationFileNamesPairsAndDefaults() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            pairs:
              mine: {small: chain-small-split, large: chain-large, chunk: 2}
            default-pair: mine
            defaults: {decoding: {policy: small}}
            """);

    assertThat(authors("--config", file.toString())).containsOnly("small");
    assertThat(authors("--config", file.toString(), "--policy", "learned"))
        .contains("small", "large");
  }

  @Test
  void aLocaleWithoutUtf8ChangesNothing() {
    var command =
        CommandProcess.start(Map.of("LC_ALL", "C"), "ask", "--policy", "small", "--json", "⟦é⟧");

    Result result = command.finish();

    assertThat(result.status()).isZero();
    assertThat(result.json().get("text").asString()).isNotEmpty();
  }

  private static List<String> authors(String... options) {
    var arguments = new java.util.ArrayList<>(List.of("ask", "--json", QUESTION));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new))
        .json()
        .get("segments")
        .valueStream()
        .map(segment -> segment.get("author").asString())
        .toList();
  }
}
