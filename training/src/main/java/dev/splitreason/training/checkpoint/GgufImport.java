package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.RowDecoder;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.training.model.Transformer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Reads models from GGUF files, to train them on. Quantised weights become F32. */
public final class GgufImport {

  private GgufImport() {}

  /**
   * Reads a model with its tokenizer.
   *
   * @throws ModelFileException if the file is damaged, stored in a type that cannot be read, or its
   *     model of no known family
   */
  public static Checkpoint read(Path file) {
    GgufFile gguf = GgufFile.read(file);
    ModelShape shape = shape(gguf);
    SequencedMap<String, Weight> weights = shape.weights();
    RowDecoder quantised = decoder(gguf);
    return new Checkpoint(
        Transformer.of(
            shape, (name, _) -> values(gguf, Objects.requireNonNull(weights.get(name)), quantised)),
        tokenizer(gguf));
  }

  /** The files of its tokenizer, one that the library takes. */
  private static SequencedMap<String, String> tokenizer(GgufFile gguf) {
    SequencedMap<String, String> files = GgufTokenizer.read(gguf);
    try (JsonTokenizer _ = JsonTokenizer.of(files)) {
      return files;
    } catch (ModelFileException e) {
      // Its message names a file that is only made of this one.
      throw new ModelFileException(
          gguf.path(), "its tokenizer cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model's shape; its weights stay where they are.
   *
   * @throws ModelFileException if the file is damaged, or its model of no known family
   */
  public static ModelShape readShape(Path file) {
    return shape(GgufFile.read(file));
  }

  private static ModelShape shape(GgufFile gguf) {
    ModelShape shape = GgufShape.read(gguf);
    requireOnly(gguf, shape);
    return shape;
  }

  /** Refuses other tensors: they would be dropped in silence, and the model be another. */
  private static void requireOnly(GgufFile gguf, ModelShape shape) {
    Set<String> known =
        shape.weights().values().stream().map(Weight::ggufName).collect(Collectors.toSet());
    for (GgufTensor tensor : gguf.tensors()) {
      if (!known.contains(tensor.name()) && !GgufShape.tells(tensor, shape)) {
        throw new ModelFileException(
            gguf.path(),
            "tensor '%s' is no part of what the metadata describe".formatted(tensor.name()));
      }
    }
  }

  /** What reads types that are not read here; the engine is loaded for nothing else. */
  private static @Nullable RowDecoder decoder(GgufFile gguf) {
    return gguf.tensors().stream().allMatch(tensor -> GgufFile.reads(tensor.type()))
        ? null
        : Models.storedRows();
  }

  private static Tensor values(GgufFile gguf, Weight weight, @Nullable RowDecoder quantised) {
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
        .tensor(inOrder(gguf.floats(tensor, quantised), weight))
        .view(weight.extents().stream().mapToLong(Long::longValue).toArray());
  }

  /** A file's rows in the order of Hugging Face's matrix. */
  private static float[] inOrder(float[] stored, Weight weight) {
    if (weight.pairs() == 1) {
      return stored;
    }
    float[] ordered = new float[stored.length];
    int width = Math.toIntExact(weight.extents().getLast());
    for (int row = 0; row < stored.length / width; row++) {
      System.arraycopy(stored, row * width, ordered, (int) weight.row(row) * width, width);
    }
    return ordered;
  }
}
