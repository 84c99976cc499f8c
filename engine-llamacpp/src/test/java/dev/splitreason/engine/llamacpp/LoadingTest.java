package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadingTest {

  @TempDir private Path folder;

  @Test
  void tellsWhatIsLoaded() throws IOException {
    RuntimeInfo runtime = LlamaRuntime.describe();
    assertThat(runtime.version()).isNotBlank();
    assertThat(runtime.cpuVariant()).isNotEqualTo("unknown");
    assertThat(runtime.devices()).isNotEmpty();
    try (LlamaCppModel model = LlamaCppModel.load(tiny(GgufTensorType.Q8_0), options())) {
      assertThat(model.fileType()).contains("Q8_0");
      assertThat(model.info().name()).isEqualTo("tiny.gguf");
      assertThat(model.info().parameters()).isPositive();
      assertThat(model.info().contextLength()).isEqualTo(RandomQwen2.TINY.context());
    }
  }

  @ParameterizedTest
  @EnumSource(KvType.class)
  void everyNumberFormatOfTheCacheDecodes(KvType type) throws Exception {
    try (LlamaCppModel model = LlamaCppModel.load(headsOf32(), options().withKvType(type));
        Session session = model.open()) {
      session.append(TinyModel.tokens(1, 30));
      assertThat(session.decode(DecodeRequest.upTo(5, Sampling.GREEDY), token -> {}).tokens())
          .hasSize(5);
    }
  }

  @Test
  void aMissingFileIsSaidSo() {
    assertFails(folder.resolve("none.gguf"), "none.gguf", "no such file");
  }

  @Test
  void aFolderIsNoModel() {
    assertFails(folder, "not a file");
  }

  @Test
  void aFileOfAnotherKindIsNoModel() throws IOException {
    assertFails(Files.writeString(folder.resolve("x.gguf"), "hello, this is text"), "GGUF");
  }

  @Test
  void aTruncatedFileTellsHowMuchIsMissing() throws IOException {
    Path file = tiny(GgufTensorType.F32);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 1000);
    }
    assertFails(file, "1000 bytes");
  }

  @Test
  void aFileWithoutVocabularyIsNoLanguageModel() {
    Path file = folder.resolve("adapter.gguf");
    GgufWriter.write(file, Map.of("general.architecture", GgufValue.of("clip")), List.of());
    assertFails(file, "no language model", "clip");
  }

  @Test
  void anUnknownArchitectureIsNamed() {
    Path file = folder.resolve("odd.gguf");
    GgufWriter.write(
        file,
        Map.of(
            "general.architecture",
            GgufValue.of("astrology"),
            "tokenizer.ggml.tokens",
            new GgufValue.Texts(List.of("a", "b"))),
        List.of());
    assertFails(file, "astrology");
  }

  @Test
  void aModelOfWhichATensorIsMissingCannotBeLoaded() throws IOException {
    Path file = folder.resolve("half.gguf");
    var whole = dev.splitreason.core.gguf.GgufFile.read(tiny(GgufTensorType.F32));
    GgufWriter.write(file, whole.metadata(), List.of());
    assertFails(file, "half.gguf", "cannot be loaded");
  }

  private Path tiny(GgufTensorType type) throws IOException {
    Path file = folder.resolve("tiny.gguf");
    RandomQwen2.of(RandomQwen2.TINY, type, 3).write(file);
    return file;
  }

  /** Quantised caches need heads of whole blocks of 32 numbers. */
  private Path headsOf32() throws IOException {
    Path file = folder.resolve("heads.gguf");
    ModelShape shape =
        new ModelShape(
            ModelFamily.QWEN2, 512, 64, 1, 2, 2, 32, 64, 1e-6, Rope.of(10_000), 256, true);
    RandomQwen2.of(shape, GgufTensorType.F32, 3).write(file);
    return file;
  }

  private static LlamaCppOptions options() {
    return LlamaCppOptions.DEFAULTS.withThreads(1);
  }

  private static void assertFails(Path file, String... parts) {
    assertThatThrownBy(() -> LlamaCppModel.load(file, options()))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.NOT_LOADABLE))
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }
}
