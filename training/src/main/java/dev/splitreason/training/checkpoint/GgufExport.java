package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import dev.splitreason.training.tensor.TensorMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Writes checkpoints as GGUF files that llama.cpp loads, tokenizer and chat template included. */
public final class GgufExport {

  private GgufExport() {}

  /**
   * Writes a model.
   *
   * @param type of the matrices, one of F32, F16, Q8_0; vectors are F32, and matrices whose rows
   *     are no whole Q8_0 blocks F16
   * @param name for people
   * @throws dev.splitreason.core.model.ModelFileException if the file cannot be written
   * @throws IllegalArgumentException if the tokenizer is none that llama.cpp has
   * @throws IllegalStateException if the checkpoint has no tokenizer
   */
  public static void write(Path file, Checkpoint checkpoint, GgufTensorType type, String name) {
    ModelShape shape = checkpoint.model().shape();
    Map<String, GgufValue> metadata = GgufShape.write(shape, name, type);
    metadata.putAll(GgufTokenizer.write(checkpoint.files(), shape.vocabulary()));
    try (PointerScope _ = new PointerScope()) {
      GgufWriter.write(file, metadata, tensors(checkpoint, type));
    }
  }

  private static List<TensorSource> tensors(Checkpoint checkpoint, GgufTensorType type) {
    SequencedMap<String, Tensor> parameters = checkpoint.model().parameters();
    ModelShape shape = checkpoint.model().shape();
    List<TensorSource> sources = new ArrayList<>(GgufShape.tensors(shape));
    shape
        .weights()
        .forEach(
            (name, weight) ->
                sources.add(source(weight, Objects.requireNonNull(parameters.get(name)), type)));
    return sources;
  }

  private static TensorSource source(Weight weight, Tensor tensor, GgufTensorType type) {
    List<Long> shape = weight.extents().reversed(); // ggml names the row's length first
    return source(weight.ggufName(), shape, tensor, weight::row, typeOf(shape, type));
  }

  /**
   * A tensor under a name, read as it is written.
   *
   * @param shape ggml's order, the length of a row first
   * @param rows which row of the tensor is a row of the file
   */
  static TensorSource source(
      String name, List<Long> shape, Tensor tensor, LongUnaryOperator rows, GgufTensorType type) {
    Tensor floats = tensor.detach().to(new Device(DeviceType.CPU), ScalarType.Float).contiguous();
    MemorySegment memory = TensorMemory.of(floats);
    return new TensorSource(
        name,
        shape,
        type,
        (index, row) ->
            MemorySegment.copy(
                memory,
                ValueLayout.JAVA_FLOAT,
                rows.applyAsLong(index) * row.length * Float.BYTES,
                row,
                0,
                row.length));
  }

  private static GgufTensorType typeOf(List<Long> shape, GgufTensorType type) {
    if (shape.size() == 1) {
      return GgufTensorType.F32;
    }
    return shape.getFirst() % type.blockElements() == 0 ? type : GgufTensorType.F16;
  }
}
