package dev.splitreason.pairs.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviceTest {

  @TempDir private Path folder;

  @Test
  void aFileThatSaysNothingIsAskedGreedily() throws IOException {
    Advice advice = advice(Map.of());

    assertThat(advice.sampling()).isEqualTo(Draws.NONE);
    assertThat(advice.source()).isNull();
    assertThat(advice.request().toOptions().sampling().greedy()).isTrue();
  }

  @Test
  void theKeysOfTheFileWin() throws IOException {
    config("{\"do_sample\":true,\"temperature\":1.5}");

    Advice advice =
        advice(
            Map.of(
                "general.sampling.temp", GgufValue.of(0.6f),
                "general.sampling.top_k", GgufValue.of(20),
                "general.sampling.top_p", GgufValue.of(0.95f)));

    assertThat(advice.sampling()).isEqualTo(new Draws(0.6, 20, 0.95, null, null, null));
  }

  @Test
  void theConfigurationBesideItIsNext() throws IOException {
    config("{\"do_sample\":true,\"temperature\":0.7,\"top_p\":0.8,\"repetition_penalty\":1.05}");
    assertThat(advice(Map.of()).sampling()).isEqualTo(new Draws(0.7, null, 0.8, null, 1.05, null));

    config("{\"do_sample\":false,\"temperature\":0.7}");
    assertThat(advice(Map.of()).sampling().temperature()).isZero();

    config("{\"eos_token_id\":1}");
    assertThat(advice(Map.of()).source()).isNull();
  }

  @Test
  void aModelThatThinksIsAskedAsLongAsItsMakersAsked() throws IOException {
    Advice advice =
        advice(
            Map.of(
                "general.name", GgufValue.of("DeepSeek R1 Distill Qwen 1.5B"),
                "qwen2.context_length", GgufValue.of(131_072),
                "tokenizer.chat_template", GgufValue.of("… </think> …")));

    assertThat(advice.maxTokens()).isEqualTo(32_768);
    assertThat(advice.sampling()).isEqualTo(new Draws(0.6, null, 0.95, null, null, null));
    assertThat(advice.source()).isEqualTo("arXiv 2501.12948");
  }

  @Test
  void ofAServedModelWhatIsPublishedIsKnownByItsName() {
    Advice r1 = served("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B");

    assertThat(r1.sampling()).isEqualTo(new Draws(0.6, null, 0.95, null, null, null));
    assertThat(r1.maxTokens()).isEqualTo(32_768);
    assertThat(served("large").source()).isNull();
  }

  private static Advice served(String name) {
    return Advice.of(
        ModelSettings.of("m", new ModelLocation.Served("http://localhost:8000/v1", name)));
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), json);
  }

  private Advice advice(Map<String, GgufValue> more) throws IOException {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of("qwen2"));
    metadata.putAll(more);
    Path file = folder.resolve("m.gguf");
    GgufWriter.write(file, metadata, List.of());
    return Advice.of(ModelSettings.of("m", new ModelLocation.GgufFile(file)));
  }
}
