package dev.splitreason.engine.contract.random;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes that make one Qwen2 model another: what decoding costs depends on them, not on the
 * weights (arXiv 2407.10671, table 1).
 *
 * @param layers transformer blocks
 * @param width of the residual stream
 * @param heads query heads; each is {@code width / heads} wide
 * @param keyValueHeads heads of keys and values, each shared by {@code heads / keyValueHeads} query
 *     heads
 * @param feedForward inner width of the feed-forward blocks
 * @param vocabulary number of tokens
 * @param context the longest sequence, in tokens
 * @param ropeBase of the rotary position embedding
 * @param tied whether the output matrix is the embedding matrix
 */
public record Qwen2Shape(
    int layers,
    int width,
    int heads,
    int keyValueHeads,
    int feedForward,
    int vocabulary,
    int context,
    double ropeBase,
    boolean tied) {

  /** Two small layers: loads and decodes in milliseconds, for tests. */
  public static final Qwen2Shape TINY = new Qwen2Shape(2, 64, 4, 2, 128, 512, 1024, 10_000, true);

  /** Qwen2-0.5B and Qwen2.5-0.5B. */
  public static final Qwen2Shape QWEN2_0_5B =
      new Qwen2Shape(24, 896, 14, 2, 4864, 151_936, 32_768, 1_000_000, true);

  /** Qwen2-1.5B and Qwen2.5-1.5B. */
  public static final Qwen2Shape QWEN2_1_5B =
      new Qwen2Shape(28, 1536, 12, 2, 8960, 151_936, 32_768, 1_000_000, true);

  /**
   * Checks that llama.cpp could run such a model.
   *
   * @throws IllegalArgumentException if not
   */
  public Qwen2Shape {
    requirePositive("layers", layers);
    requirePositive("width", width);
    requirePositive("heads", heads);
    requirePositive("keyValueHeads", keyValueHeads);
    requirePositive("feedForward", feedForward);
    requirePositive("vocabulary", vocabulary);
    requirePositive("context", context);
    if (width % heads != 0 || width / heads % 2 != 0 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "%d wide with %d heads and %d key-value heads: heads must be of an even width, and groups of one size"
              .formatted(width, heads, keyValueHeads));
    }
    if (!(ropeBase > 0)) {
      throw new IllegalArgumentException("ropeBase must be positive, not " + ropeBase);
    }
  }

  /** The shapes by name, smallest first: {@code tiny}, {@code qwen2-0.5b}, {@code qwen2-1.5b}. */
  public static Map<String, Qwen2Shape> byName() {
    Map<String, Qwen2Shape> shapes = new LinkedHashMap<>();
    shapes.put("tiny", TINY);
    shapes.put("qwen2-0.5b", QWEN2_0_5B);
    shapes.put("qwen2-1.5b", QWEN2_1_5B);
    return Collections.unmodifiableMap(shapes);
  }

  /** The width of a head. */
  public int headWidth() {
    return width / heads;
  }

  /** The width of all keys, or of all values, of a token in one layer. */
  public int keyValueWidth() {
    return keyValueHeads * headWidth();
  }

  /** The number of weights. */
  public long parameters() {
    long attention = 2L * width * (width + keyValueWidth()) + width + 2L * keyValueWidth();
    long layer = attention + 3L * width * feedForward + 2L * width;
    return layers * layer + (tied ? 1L : 2L) * vocabulary * width + width;
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + value);
    }
  }
}
