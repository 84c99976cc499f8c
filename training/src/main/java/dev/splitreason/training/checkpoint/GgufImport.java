package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import dev.splitreason.training.model.Qwen2;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Reads Qwen2 models from GGUF files, to train them on. Quantised weights become F32. */
public final class GgufImport {

  private GgufImport() {}

  /**
   * Reads a model with its tokenizer.
   *
   * @throws ModelFileException if the file is damaged, stored in a type that cannot be read, or no
   *     Qwen2 model
   */
  public static Checkpoint read(Path file) {
    GgufFile gguf = GgufFile.read(file);
    ModelShape shape = shape(gguf);
    SequencedMap<String, Weight> weights = shape.weights();
    return new Checkpoint(
        Qwen2.of(shape, (name, _) -> values(gguf, Objects.requireNonNull(weights.get(name)))),
        GgufTokenizer.read(gguf));
  }

  /**
   * Reads a model's shape; its weights stay where they are.
   *
   * @throws ModelFileException if the file is damaged, or it is no Qwen2 model
   */
  public static ModelShape readShape(Path file) {
    return shape(GgufFile.read(file));
  }

  private static ModelShape shape(GgufFile gguf) {
    String architecture = gguf.text("general.architecture");
    if (ModelFamily.named(architecture) != ModelFamily.QWEN2) {
      throw new ModelFileException(
          gguf.path(), "architecture is '" + architecture + "'; only 'qwen2' can be trained");
    }
    return GgufShape.read(gguf, ModelFamily.QWEN2);
  }

  private static Tensor values(GgufFile gguf, Weight weight) {
    List<Long> shape = weight.extents().reversed(); // ggml names the row's length first
    @Nullable GgufTensor tensor = gguf.tensor(weight.ggufName());
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new ModelFileException(
          gguf.path(),
          "tensor '%s' %s, %s is needed"
              .formatted(
                  weight.ggufName(),
                  tensor == null ? "is missing" : "has the shape " + tensor.shape(),
                  shape));
    }
    return torch
        .tensor(gguf.floats(tensor))
        .view(weight.extents().stream().mapToLong(Long::longValue).toArray());
  }
}
