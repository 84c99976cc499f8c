package dev.splitreason.engine.contract.random;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A LoRA adapter of random weights for all matrices inside the layers of a model: its answers
 * become others. The same record always gives the same file.
 *
 * @param shape of the model
 * @param rank of the changes
 * @param alpha they are scaled by alpha / rank
 */
public record RandomAdapter(ModelShape shape, int rank, float alpha, long seed) {

  /** What the file says beside its tensors. */
  public Map<String, GgufValue> metadata() {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.of(shape.family().label()));
    metadata.put("general.type", GgufValue.of("adapter"));
    metadata.put("adapter.type", GgufValue.of("lora"));
    metadata.put("adapter.lora.alpha", GgufValue.of(alpha));
    return metadata;
  }

  /** The tensors of the file, a {@code lora_a} and a {@code lora_b} for each matrix. */
  public List<TensorSource> tensors() {
    List<TensorSource> tensors = new ArrayList<>();
    shape
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.extents().size() == 2 && !ModelShape.isByToken(name)) {
                tensors.add(tensor(weight, ".lora_a", List.of(inputs(weight), (long) rank)));
                tensors.add(tensor(weight, ".lora_b", List.of((long) rank, outputs(weight))));
              }
            });
    return tensors;
  }

  /**
   * Writes the adapter.
   *
   * @throws ModelFileException if the file cannot be written
   */
  public void write(Path file) {
    GgufWriter.write(file, metadata(), tensors());
  }

  /** {@code alpha / rank · B · A} for a matrix: what the adapter adds to it, row after row. */
  public float[] change(Weight weight) {
    int inputs = (int) inputs(weight);
    float[] down = numbers(weight.ggufName() + ".lora_a", rank * inputs);
    float[] up = numbers(weight.ggufName() + ".lora_b", (int) outputs(weight) * rank);
    float[] change = new float[(int) outputs(weight) * inputs];
    for (int i = 0; i < change.length; i++) {
      double sum = 0;
      for (int r = 0; r < rank; r++) {
        sum += (double) up[i / inputs * rank + r] * down[r * inputs + i % inputs];
      }
      change[i] = (float) (sum * alpha / rank);
    }
    return change;
  }

  private TensorSource tensor(Weight weight, String part, List<Long> extents) {
    String name = weight.ggufName() + part;
    int count = (int) (extents.get(0) * extents.get(1));
    return TensorSource.of(name, extents, GgufTensorType.F32, numbers(name, count));
  }

  private float[] numbers(String name, int count) {
    SplittableRandom random = new SplittableRandom(seed ^ (long) name.hashCode() << Integer.SIZE);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (0.3 * (random.nextDouble() - 0.5));
    }
    return numbers;
  }

  private static long inputs(Weight weight) {
    return weight.extents().getLast();
  }

  private static long outputs(Weight weight) {
    return weight.extents().getFirst();
  }
}
