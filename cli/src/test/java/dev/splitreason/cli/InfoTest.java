package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InfoTest {

  @Test
  void tellsTheEngineTheMachineAndTheModels() {
    Result result = run("info");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("llama.cpp")
        .contains("CPU variant")
        .contains("cores")
        .contains("chain-small-split")
        .contains("31,072 parameters")
        .containsPattern("weights +qwen2 all F32, 31,072 parameters\n")
        .containsPattern("template +chain, tags as tokens");
  }

  @Test
  void jsonHasTheSame() {
    JsonNode json = run("info", "--json").json();

    assertThat(json.get("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(json.get("cores").asInt()).isPositive();
    assertThat(json.get("memory_bytes").asLong()).isPositive();
    assertThat(json.get("config").isNull()).isTrue();
    assertThat(json.get("engine").get("cpu_variant").asString()).isNotEmpty();
    assertThat(json.get("engine").get("folder").asString()).isNotEmpty();
    assertThat(json.get("models").valueStream().map(model -> model.get("role").asString()))
        .containsExactly("small", "large", "base");
    JsonNode large = json.get("models").get(1);
    assertThat(large.get("parameters").asLong()).isEqualTo(474_624);
    assertThat(large.get("context").asInt()).isEqualTo(512);
    assertThat(large.get("quantisation").asString()).contains("F32");
    assertThat(large.get("tags").asString()).isEqualTo("tokens");
    assertThat(large.get("problem").isNull()).isTrue();
  }

  @Test
  void aModelThatDoesNotLoadIsReportedAmongTheOthers() {
    Result result = run("info", "--large", "no.gguf");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("problem").contains("no.gguf").contains("31,072 parameters");
  }
}
