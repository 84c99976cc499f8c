package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufParts;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that stands in several files. */
class ModelInPartsTest {

  private static final int PARTS = 3;

  @TempDir private Path folder;

  private Path first;

  @BeforeEach
  void split() throws IOException {
    GgufFile whole = GgufFile.read(TinyModel.file());
    List<GgufTensor> tensors = whole.tensors();
    for (int part = 0; part < PARTS; part++) {
      Map<String, GgufValue> metadata =
          new LinkedHashMap<>(part == 0 ? whole.metadata() : Map.of());
      metadata.put("split.no", new GgufValue.Whole(GgufValueType.UINT16, part));
      metadata.put("split.count", new GgufValue.Whole(GgufValueType.UINT16, PARTS));
      metadata.put("split.tensors.count", new GgufValue.Whole(GgufValueType.INT32, tensors.size()));
      List<TensorSource> some =
          tensors
              .subList(tensors.size() * part / PARTS, tensors.size() * (part + 1) / PARTS)
              .stream()
              .map(
                  tensor ->
                      TensorSource.of(
                          tensor.name(), tensor.shape(), tensor.type(), whole.floats(tensor)))
              .toList();
      GgufWriter.write(part(part + 1), metadata, some);
    }
    first = part(1);
  }

  private Path part(int number) {
    return folder.resolve("tiny-%05d-of-%05d.gguf".formatted(number, PARTS));
  }

  @Test
  void opensAsTheWholeDoes() throws Exception {
    assertThat(logProbs(first)).isDeepEqualTo(logProbs(TinyModel.file()));
    assertThat(GgufParts.bytes(first))
        .isEqualTo(Files.size(part(1)) + Files.size(part(2)) + Files.size(part(3)));
  }

  private static float[][] logProbs(Path file) throws InterruptedException {
    int[] all = IntStream.range(0, 512).toArray();
    try (LlamaCppModel model = LlamaCppModel.load(file, TinyModel.OPTIONS);
        Session session = model.open()) {
      session.append(5);
      return session
          .score(TinyModel.tokens(1, 9), new ScoreRequest(false, all, false, null))
          .watched();
    }
  }

  @Test
  void anotherPartThanTheFirstTellsTheFirst() {
    assertRefused(part(2), "is part 2 of 3 of a model: name its first part", "tiny-00001-of-00003");
  }

  @Test
  void aPartThatIsMissingIsNamed() throws IOException {
    Files.delete(part(3));
    assertRefused(first, "lacks one of its parts", "tiny-00003-of-00003.gguf");
  }

  @Test
  void aPartOfAnotherPlaceIsRefused() throws IOException {
    Files.copy(part(2), part(3), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(first, "tiny-00003-of-00003.gguf", "is not part 3 of the model");
  }

  @Test
  void aPartThatIsCutIsRefused() throws IOException {
    Files.write(part(3), new byte[] {'G', 'G', 'U', 'F', 3, 0, 0});
    assertRefused(first, "tiny-00003-of-00003.gguf");
  }

  @Test
  void aNameThatTellsNoPartIsRefused() throws IOException {
    Path renamed = Files.move(first, folder.resolve("model.gguf"));
    assertRefused(renamed, "the name must end in -00001-of-00003.gguf");
  }

  private static void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> LlamaCppModel.load(file, TinyModel.OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }
}
