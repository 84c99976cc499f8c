package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.engine.contract.random.RandomAdapter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        .containsPattern("template +chain, tags as tokens")
        .containsPattern("exchange +ids: 309 text tokens mean the same to both");
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
    assertThat(json.get("exchange").get("by").asString()).isEqualTo("ids");
  }

  @Test
  void anAdapterIsNamed(@TempDir Path folder) {
    Path adapter = folder.resolve("tuned.gguf");
    GgufFile large = GgufFile.read(Path.of("../models/large.gguf"));
    new RandomAdapter(GgufShape.read(large), 4, 16, 1).write(adapter);

    Result result = run("info", "--large-adapter", adapter.toString());
    JsonNode json = run("info", "--json", "--large-adapter", adapter.toString()).json();

    assertThat(result.out()).containsPattern("adapter +" + adapter);
    assertThat(json.get("models").get(1).get("adapter").asString()).isEqualTo(adapter.toString());
    assertThat(json.get("models").get(0).get("adapter").isNull()).isTrue();
  }

  @Test
  void aModelThatDoesNotLoadIsReportedAmongTheOthers() {
    Result result = run("info", "--large", "no.gguf");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("problem").contains("no.gguf").contains("31,072 parameters");
    assertThat(result.out()).doesNotContain("exchange");
  }
}
