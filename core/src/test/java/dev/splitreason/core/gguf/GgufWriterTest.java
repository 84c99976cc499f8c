package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTest {

  @TempDir Path folder;

  @Test
  void beginsEachTensorAtTheAlignmentTheMetadataAsksFor() {
    Path path = folder.resolve("aligned.gguf");
    TensorSource one = vector("one", GgufTensorType.F32, 1);
    TensorSource two = vector("two", GgufTensorType.F32, 2);

    GgufWriter.write(path, Map.of("general.alignment", GgufValue.of(256)), List.of(one, two));

    GgufFile file = GgufFile.read(path);
    assertThat(file.alignment()).isEqualTo(256);
    assertThat(file.dataOffset() % 256).isZero();
    assertThat(file.tensors()).extracting(GgufTensor::offset).containsExactly(0L, 256L);
    assertThat(file.floats(file.tensors().getLast())).containsExactly(2);
  }

  @Test
  void givesEachRowItsIndex() {
    Path path = folder.resolve("rows.gguf");
    TensorSource source =
        new TensorSource(
            "t",
            List.of(2L, 2L, 2L),
            GgufTensorType.F32,
            (index, row) -> {
              row[0] = index;
              row[1] = 10 * index;
            });

    GgufWriter.write(path, Map.of(), List.of(source));

    GgufFile file = GgufFile.read(path);
    assertThat(file.floats(file.tensors().getFirst())).containsExactly(0, 0, 1, 10, 2, 20, 3, 30);
  }

  @Test
  void leavesTheOldFileAndNothingElseWhenATensorFails() throws IOException {
    Path path = Files.writeString(folder.resolve("kept.gguf"), "before");
    TensorSource broken =
        new TensorSource(
            "t",
            List.of(1L),
            GgufTensorType.F32,
            (index, row) -> {
              throw new IllegalStateException("no weights");
            });

    assertThatThrownBy(() -> GgufWriter.write(path, Map.of(), List.of(broken)))
        .hasMessage("no weights");

    assertThat(path).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void refusesWhatIsNotANumber() {
    Path path = folder.resolve("nan.gguf");

    assertThatThrownBy(
            () ->
                GgufWriter.write(
                    path, Map.of(), List.of(vector("t", GgufTensorType.F32, Float.NaN))))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            path
                + ": not written: row 0 of tensor 't' has an element of NaN, F32 holds at most "
                + Float.MAX_VALUE);
    assertThat(path).doesNotExist();
  }

  @Test
  void refusesWhatOverflowsHalfPrecision() {
    Path path = folder.resolve("overflow.gguf");

    assertThatThrownBy(
            () ->
                GgufWriter.write(path, Map.of(), List.of(vector("t", GgufTensorType.F16, 70_000))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("has an element of 70000.0, F16 holds at most 65504.0");
  }

  @Test
  void saysThatAFolderIsMissing() {
    Path path = folder.resolve("nowhere").resolve("model.gguf");

    assertThatThrownBy(() -> GgufWriter.write(path, Map.of(), List.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(path + ": cannot be written: no such file or folder");
  }

  @Test
  void refusesATensorGivenTwice() {
    TensorSource source = vector("t", GgufTensorType.F32, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> GgufWriter.write(folder.resolve("twice"), Map.of(), List.of(source, source)))
        .withMessage("tensor 't' is given twice");
  }

  @Test
  void refusesTensorsThatLlamaCppCouldNotLoad() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector("t".repeat(64), GgufTensorType.F32, 1))
        .withMessageContaining("1 to 63 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector("t", GgufTensorType.Q8_0, 1))
        .withMessage("tensor 't' has rows of 1 elements, Q8_0 needs a multiple of 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector("t", GgufTensorType.Q4_K, 1))
        .withMessage("tensor 't' cannot be written as Q4_K");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorSource.of("t", List.of(1L, 0L), GgufTensorType.F32, new float[0]))
        .withMessage("tensor 't' cannot have the shape [1, 0]");
  }

  @Test
  void refusesElementsThatDoNotFillTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorSource.of("t", List.of(2L, 2L), GgufTensorType.F32, new float[3]))
        .withMessage("tensor 't' of shape [2, 2] cannot have 3 elements");
  }

  @Test
  void refusesNumbersThatDoNotFitTheirType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GgufValue.Whole(GgufValueType.UINT8, 256))
        .withMessage("256 does not fit into UINT8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GgufValue.Real(GgufValueType.UINT8, 1))
        .withMessage("UINT8 is not a type of this kind of value");
  }

  private static TensorSource vector(String name, GgufTensorType type, float... elements) {
    return TensorSource.of(name, List.of((long) elements.length), type, elements);
  }
}
