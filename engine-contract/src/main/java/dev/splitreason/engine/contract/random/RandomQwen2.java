package dev.splitreason.engine.contract.random;

import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.RowEncoder;
import dev.splitreason.core.gguf.TensorSource;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.core.shape.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A Qwen2 model with random weights. It writes nonsense at the cost of a real model of its shape,
 * which is all that measuring speed and planning capacity need; and it never needs a download. The
 * same record always gives the same file.
 *
 * <p>The text it writes greedily varies, holds any token of the vocabulary (control tokens too),
 * and never ends: the row of the end token in the output matrix is zero, below the largest logit.
 *
 * @param type of the matrices: F32, F16 or Q8_0, or one that the encoder writes; norms and biases
 *     are F32 as usual
 * @param seed of the weights
 * @param encoder writes other types; rows that have no whole blocks, and those by token, are stored
 *     as in published files of the type. Null for none
 */
public record RandomQwen2(
    ModelShape shape,
    GgufTensorType type,
    long seed,
    ControlTokens controls,
    @Nullable RowEncoder encoder) {

  private static final double EMBEDDING_DEVIATION = 0.1;
  private static final double VECTOR_DEVIATION = 0.1;

  /** Two small layers: loads and decodes in milliseconds, for tests. */
  public static final ModelShape TINY =
      new ModelShape(
          ModelFamily.QWEN2, 512, 64, 2, 4, 2, 16, 128, 1e-6, Rope.of(10_000), 1024, true);

  /** Shapes by name, smallest first: {@code tiny}, {@code qwen2-0.5b}, {@code qwen2-1.5b}. */
  public static SequencedMap<String, ModelShape> shapes() {
    SequencedMap<String, ModelShape> shapes = new LinkedHashMap<>();
    shapes.put("tiny", TINY);
    shapes.put("qwen2-0.5b", KnownShapes.of("Qwen2.5-0.5B"));
    shapes.put("qwen2-1.5b", KnownShapes.of("Qwen2.5-1.5B"));
    return shapes;
  }

  /** With the control tokens of the bundled pair. */
  public static RandomQwen2 of(ModelShape shape, GgufTensorType type, long seed) {
    return new RandomQwen2(shape, type, seed, ControlTokens.OF_THE_BUNDLED_PAIR, null);
  }

  /** The same model, written by an encoder where its type is not written here. */
  public RandomQwen2 by(RowEncoder encoder) {
    return new RandomQwen2(shape, type, seed, controls, encoder);
  }

  /**
   * Writes the model, holding one row of weights at a time.
   *
   * @throws ModelFileException if the file cannot be written
   * @throws IllegalArgumentException if the vocabulary is too small for the bytes and control
   *     tokens, or the type cannot store rows of this shape
   */
  public void write(Path file) {
    SyntheticVocabulary vocabulary = new SyntheticVocabulary(shape.vocabulary(), controls);
    Map<String, GgufValue> metadata = GgufShape.write(shape, "random Qwen2", type);
    metadata.putAll(vocabulary.metadata());
    GgufWriter.write(file, metadata, tensors(vocabulary.endId()));
  }

  private List<TensorSource> tensors(int endId) {
    List<TensorSource> tensors = new ArrayList<>();
    shape.weights().forEach((name, weight) -> tensors.add(source(name, weight, endId)));
    return tensors;
  }

  private TensorSource source(String name, Weight weight, int endId) {
    List<Long> extents = weight.extents();
    if (ModelShape.isByToken(name)) {
      return filled(weight, byToken(weight), 0, index -> index == endId ? 0 : EMBEDDING_DEVIATION);
    }
    if (extents.size() == 2) {
      // Outputs are of the order of the inputs.
      return filled(weight, matrix(weight), 0, _ -> 1 / Math.sqrt(extents.getLast()));
    }
    if (name.equals(ModelShape.FINAL_NORM)) {
      // Signs at random: with all ones and tied embeddings every token would predict itself.
      return filled(weight, GgufTensorType.F32, 0, _ -> 1);
    }
    float mean = name.endsWith(".bias") ? 0 : 1;
    return filled(weight, GgufTensorType.F32, mean, _ -> VECTOR_DEVIATION);
  }

  /** Rows of 896 elements, as the 0.5B shape has them, are no whole K blocks. */
  private GgufTensorType matrix(Weight weight) {
    return hasWholeBlocks(weight, type) ? type : GgufTensorType.Q5_0;
  }

  private GgufTensorType byToken(Weight weight) {
    if (!isQuantisedBelow8Bits()) {
      return type;
    }
    return hasWholeBlocks(weight, GgufTensorType.Q6_K) ? GgufTensorType.Q6_K : GgufTensorType.Q8_0;
  }

  private boolean isQuantisedBelow8Bits() {
    return switch (type) {
      case F32, F16, Q8_0 -> false;
      default -> true;
    };
  }

  private static boolean hasWholeBlocks(Weight weight, GgufTensorType type) {
    return weight.extents().getLast() % type.blockElements() == 0;
  }

  /** A weight whose rows have such a mean and such a deviation each. */
  private TensorSource filled(
      Weight weight, GgufTensorType stored, float mean, LongToDoubleFunction deviation) {
    String name = weight.ggufName();
    return new TensorSource(
        name,
        weight.extents().reversed(), // ggml names the row's length first
        stored,
        (index, row) -> fill(name, index, row, mean, deviation.applyAsDouble(index)),
        isQuantisedBelow8Bits() && stored != GgufTensorType.F32 ? encoder : null);
  }

  /** Uniform, since 500 million normal draws would take most of the time. */
  private void fill(String name, long index, float[] row, float mean, double deviation) {
    SplittableRandom random =
        new SplittableRandom(seed ^ (long) name.hashCode() << Integer.SIZE ^ index);
    float unit = (float) (deviation * Math.sqrt(3) / (1L << 31));
    for (int i = 0; i < row.length; i++) {
      row[i] = mean + random.nextInt() * unit;
    }
  }
}
