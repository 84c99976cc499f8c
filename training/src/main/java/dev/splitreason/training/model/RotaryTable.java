package dev.splitreason.training.model;

import dev.splitreason.training.tensor.NativeMemory;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The sines and cosines of every position seen so far, doubled in size when more are asked for. */
final class RotaryTable implements AutoCloseable {

  private static final int FIRST_SIZE = 256;

  private final double[] frequencies;
  private final int headSize;
  private NativeMemory memory = new NativeMemory();
  private @Nullable Table table;

  /** Cosines and negated-half sines, both [size, headSize]. */
  private record Table(int size, Tensor cosine, Tensor sine) {}

  /** Of one frequency for each pair of a head, in radians a position. */
  RotaryTable(double[] frequencies) {
    this.frequencies = frequencies.clone();
    this.headSize = 2 * frequencies.length;
  }

  /** Positions 0 to {@code length - 1}, the same for every row. */
  Rotary firstPositions(int length, TensorOptions options) {
    Table known = reaching(length, options);
    long[] shape = {1, length, 1, headSize};
    return new Rotary(
        known.cosine.narrow(0, 0, length).view(shape), known.sine.narrow(0, 0, length).view(shape));
  }

  /**
   * Any positions.
   *
   * @param positions int64 [rows, length]
   * @param bound above all of them
   */
  Rotary positions(Tensor positions, int bound, TensorOptions options) {
    Table known = reaching(bound, options);
    long[] shape = {positions.size(0), positions.size(1), 1, headSize};
    Tensor flat = positions.flatten();
    return new Rotary(
        known.cosine.index_select(0, flat).view(shape),
        known.sine.index_select(0, flat).view(shape));
  }

  private Table reaching(int bound, TensorOptions options) {
    Table known = table;
    if (known == null || known.size < bound) {
      int size = Math.max(FIRST_SIZE, Integer.highestOneBit(bound - 1) * 2);
      NativeMemory grown = new NativeMemory();
      known = grown.hold(() -> compute(size, options));
      memory.close();
      memory = grown;
      table = known;
    }
    return known;
  }

  private Table compute(int size, TensorOptions options) {
    int half = headSize / 2;
    float[] cosine = new float[size * headSize];
    float[] sine = new float[size * headSize];
    for (int i = 0; i < half; i++) {
      // Single precision, as the models were trained with.
      float frequency = (float) frequencies[i];
      for (int position = 0; position < size; position++) {
        float angle = position * frequency;
        int at = position * headSize + i;
        cosine[at] = (float) Math.cos(angle);
        cosine[at + half] = cosine[at];
        sine[at + half] = (float) Math.sin(angle);
        sine[at] = -sine[at + half];
      }
    }
    return new Table(size, table(cosine, size, options), table(sine, size, options));
  }

  private Tensor table(float[] elements, int size, TensorOptions options) {
    return torch.tensor(elements).view(size, headSize).to(options.device(), options.dtype());
  }

  @Override
  public void close() {
    memory.close();
    table = null;
  }
}
