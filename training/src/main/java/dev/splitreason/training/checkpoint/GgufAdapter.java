package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import dev.splitreason.training.model.Adapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes adapters as GGUF files that llama.cpp loads beside the model they were trained with: what
 * its convert_lora_to_gguf.py makes of PEFT's folders. Rows of tokens of their own are no low-rank
 * change, and are not written.
 */
public final class GgufAdapter {

  private GgufAdapter() {}

  /** Whether a file can hold all that an adapter changes. */
  public static boolean holds(Adapter adapter) {
    return adapter.shape().tokens().isEmpty();
  }

  /**
   * Writes an adapter.
   *
   * @param model that it was trained with
   * @param type F32 or F16
   * @param name for people
   * @throws dev.splitreason.core.model.ModelFileException if the file cannot be written
   * @throws IllegalArgumentException if it changes what such a file cannot {@linkplain #holds hold}
   */
  public static void write(
      Path file, Adapter adapter, ModelShape model, GgufTensorType type, String name) {
    if (!holds(adapter)) {
      throw new IllegalArgumentException("an adapter file has no rows of single tokens");
    }
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of(model.family().label()));
    metadata.put("general.type", GgufValue.of("adapter"));
    metadata.put("general.name", GgufValue.of(name));
    metadata.put("adapter.type", GgufValue.of("lora"));
    metadata.put("adapter.lora.alpha", GgufValue.of((float) adapter.shape().alpha()));
    try (PointerScope _ = new PointerScope()) {
      GgufWriter.write(file, metadata, tensors(adapter, model, type));
    }
  }

  private static List<TensorSource> tensors(
      Adapter adapter, ModelShape model, GgufTensorType type) {
    long rank = adapter.shape().rank();
    List<TensorSource> tensors = new ArrayList<>();
    model
        .weights()
        .forEach(
            (matrix, weight) -> {
              Tensor down = adapter.down(matrix);
              Tensor up = adapter.up(matrix);
              if (down != null && up != null) {
                tensors.add(
                    GgufExport.source(
                        weight.ggufName() + ".lora_a",
                        List.of(inputs(weight), rank),
                        down,
                        LongUnaryOperator.identity(),
                        type));
                // Its rows are the matrix's, in whatever order those have in the file.
                tensors.add(
                    GgufExport.source(
                        weight.ggufName() + ".lora_b",
                        List.of(rank, outputs(weight)),
                        up,
                        weight::row,
                        type));
              }
            });
    return tensors;
  }

  private static long inputs(Weight weight) {
    return weight.extents().getLast();
  }

  private static long outputs(Weight weight) {
    return weight.extents().getFirst();
  }
}
