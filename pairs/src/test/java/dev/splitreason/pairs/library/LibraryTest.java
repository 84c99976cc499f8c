package dev.splitreason.pairs.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {

  private static final String DIGEST = "a".repeat(64);

  @TempDir private Path folder;

  @Test
  void aModelOfOllamaIsTheBlobOfItsWeights() throws IOException {
    manifest("registry.ollama.ai/library/qwen2.5/0.5b");
    manifest("registry.ollama.ai/library/smollm2/latest");
    manifest("registry.ollama.ai/ann/tiny/latest");
    manifest("hub.example/ann/tiny-GGUF/Q4_K_M");
    OllamaLibrary ollama = OllamaLibrary.of(Map.of("OLLAMA_MODELS", folder.toString()));
    Path weights = folder.resolve("blobs/sha256-" + DIGEST);

    assertThat(ollama.file("qwen2.5:0.5b")).isEqualTo(weights);
    assertThat(ollama.file("smollm2")).isEqualTo(weights);
    assertThat(ollama.file("ann/tiny")).isEqualTo(weights);
    assertThat(ollama.file("hub.example/ann/tiny-GGUF:Q4_K_M")).isEqualTo(weights);
    assertThat(ollama.names())
        .containsExactly(
            "ann/tiny:latest",
            "hub.example/ann/tiny-GGUF:Q4_K_M",
            "qwen2.5:0.5b",
            "smollm2:latest");
    assertThatThrownBy(() -> ollama.file("qwen2.5:0.6b"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("Ollama has no model 'qwen2.5:0.6b' in " + folder)
        .hasMessageContaining("did you mean");
  }

  @Test
  void aManifestWithoutWeightsIsRefused() throws IOException {
    Path manifest = folder.resolve("manifests/registry.ollama.ai/library/odd/latest");
    Files.createDirectories(manifest.getParent());
    Files.writeString(
        manifest,
        "{\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\",\"digest\":\"sha256:../x\"}]}");

    assertThatThrownBy(() -> new OllamaLibrary(List.of(folder)).file("odd"))
        .hasMessage("Ollama's model 'odd' has no weights on this disk");
  }

  @Test
  void aModelOfLmStudioIsItsFile() throws IOException {
    Path models = folder.resolve(".lmstudio/models");
    Path older = folder.resolve(".cache/lm-studio/models");
    file(models.resolve("ann/tiny-GGUF/tiny-Q4_K_M.gguf"));
    file(models.resolve("ann/tiny-GGUF/tiny-Q8_0.gguf"));
    file(models.resolve("ann/tiny-GGUF/mmproj-F16.gguf"));
    file(older.resolve("bob/big-GGUF/big-00001-of-00002.gguf"));
    file(older.resolve("bob/big-GGUF/big-00002-of-00002.gguf"));
    LmStudioLibrary studio = LmStudioLibrary.of(Map.of("HOME", folder.toString()));

    assertThat(studio.file("ann/tiny-GGUF/tiny-Q8_0.gguf"))
        .isEqualTo(models.resolve("ann/tiny-GGUF/tiny-Q8_0.gguf"));
    assertThat(studio.file("bob/big-GGUF"))
        .isEqualTo(older.resolve("bob/big-GGUF/big-00001-of-00002.gguf"));
    assertThatThrownBy(() -> studio.file("ann/tiny-GGUF"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "lmstudio:ann/tiny-GGUF has several files: say which:"
                + " ann/tiny-GGUF/tiny-Q4_K_M.gguf, ann/tiny-GGUF/tiny-Q8_0.gguf");
    assertThatThrownBy(() -> studio.file("ann/other"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("LM Studio has no model 'ann/other'");
  }

  private void manifest(String path) throws IOException {
    Path manifest = folder.resolve("manifests").resolve(path);
    Files.createDirectories(manifest.getParent());
    Files.writeString(
        manifest,
        """
        {"schemaVersion":2,"layers":[
          {"mediaType":"application/vnd.ollama.image.template","digest":"sha256:%s"},
          {"mediaType":"application/vnd.ollama.image.model","digest":"sha256:%s","size":4}]}
        """
            .formatted("b".repeat(64), DIGEST));
  }

  private static void file(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "GGUF");
  }
}
