package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.training.model.Qwen2Config;
import dev.splitreason.training.tensor.TensorMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Qwen2Config config = checkpoint.model().config();
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of("qwen2"));
    metadata.put("general.name", GgufValue.of(name));
    metadata.put("general.file_type", GgufValue.of(fileType(type)));
    metadata.put("general.quantization_version", GgufValue.of(2));
    metadata.put(GgufNames.CONTEXT, GgufValue.of(config.maxPositions()));
    metadata.put(GgufNames.WIDTH, GgufValue.of(config.hiddenSize()));
    metadata.put(GgufNames.LAYERS, GgufValue.of(config.layers()));
    metadata.put(GgufNames.FEED_FORWARD, GgufValue.of(config.feedForwardSize()));
    metadata.put(GgufNames.HEADS, GgufValue.of(config.heads()));
    metadata.put(GgufNames.KEY_VALUE_HEADS, GgufValue.of(config.keyValueHeads()));
    if (config.headSize() * config.heads() != config.hiddenSize()) {
      metadata.put(GgufNames.HEAD_SIZE, GgufValue.of(config.headSize()));
      metadata.put(GgufNames.VALUE_SIZE, GgufValue.of(config.headSize()));
    }
    metadata.put(GgufNames.NORM_EPSILON, GgufValue.of((float) config.rmsNormEpsilon()));
    metadata.put(GgufNames.ROPE_BASE, GgufValue.of((float) config.ropeBase()));
    metadata.putAll(GgufTokenizer.write(checkpoint.files(), config.vocabularySize()));
    try (PointerScope _ = new PointerScope()) {
      GgufWriter.write(file, metadata, tensors(checkpoint, type));
    }
  }

  /** The codes of llama.cpp's {@code llama_ftype}. */
  private static int fileType(GgufTensorType type) {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q8_0 -> 7;
      default -> throw new IllegalArgumentException(type + " cannot be written");
    };
  }

  private static List<TensorSource> tensors(Checkpoint checkpoint, GgufTensorType type) {
    List<TensorSource> sources = new ArrayList<>();
    checkpoint
        .model()
        .parameters()
        .forEach((name, tensor) -> sources.add(source(GgufNames.of(name), tensor, type)));
    return sources;
  }

  private static TensorSource source(String name, Tensor tensor, GgufTensorType type) {
    Tensor floats = tensor.detach().to(new Device(DeviceType.CPU), ScalarType.Float).contiguous();
    MemorySegment memory = TensorMemory.of(floats);
    List<Long> shape = new ArrayList<>();
    for (long dimension = floats.dim() - 1; dimension >= 0; dimension--) {
      shape.add(floats.size(dimension)); // ggml names the row's length first
    }
    return new TensorSource(
        name,
        shape,
        typeOf(shape, type),
        (index, row) ->
            MemorySegment.copy(
                memory,
                ValueLayout.JAVA_FLOAT,
                index * row.length * Float.BYTES,
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
