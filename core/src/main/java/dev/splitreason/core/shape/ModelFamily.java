package dev.splitreason.core.shape;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What models have in common whatever their sizes: what they compute, and what files call it. A
 * line here is a family: the model that learns, checkpoints, GGUF files and estimates follow it.
 *
 * <p>All are transformers with RMSNorm before attention and feed-forward, rotary positions, grouped
 * key and value heads, and SwiGLU; the features are what they have beyond that.
 */
public enum ModelFamily {
  /** Qwen2, Qwen2.5 and what is distilled into them (arXiv 2407.10671). */
  QWEN2("qwen2", "Qwen2ForCausalLM", 0, Set.of(Feature.ATTENTION_BIASES)),
  /** Qwen3's dense models (arXiv 2505.09388). */
  QWEN3("qwen3", "Qwen3ForCausalLM", 128, Set.of(Feature.HEAD_NORMS)),
  /** Llama 2, 3 and what is distilled into them (arXiv 2407.21783), SmolLM. */
  LLAMA("llama", "LlamaForCausalLM", 0, Set.of(Feature.SCALED_ROPE, Feature.PAIRED_ROWS));

  private enum Feature {
    ATTENTION_BIASES,
    HEAD_NORMS,
    SCALED_ROPE,
    PAIRED_ROWS
  }

  private final String label;
  private final String className;
  private final int ownHeadSize;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Feature> features;

  ModelFamily(String label, String className, int ownHeadSize, Set<Feature> features) {
    this.label = label;
    this.className = className;
    this.ownHeadSize = ownHeadSize;
    this.features = features;
  }

  /**
   * The family's name: {@code model_type} in {@code config.json}, {@code general.architecture} in a
   * GGUF file.
   */
  public String label() {
    return label;
  }

  /** The name of its class in transformers. */
  public String className() {
    return className;
  }

  /** The width of a head where a {@code config.json} tells none. */
  public int headSize(int width, int heads) {
    return ownHeadSize > 0 ? ownHeadSize : width / Math.max(1, heads);
  }

  /** Whether queries, keys and values are given a bias. */
  public boolean attentionBiases() {
    return features.contains(Feature.ATTENTION_BIASES);
  }

  /** Whether each head of queries and keys is normalised before it is turned by its position. */
  public boolean headNorms() {
    return features.contains(Feature.HEAD_NORMS);
  }

  /** Whether its rotary frequencies may be scaled. */
  public boolean scaledRope() {
    return features.contains(Feature.SCALED_ROPE);
  }

  /**
   * Whether GGUF files keep the two rows of queries and keys that turn together side by side, where
   * Hugging Face has the first rows of all pairs of a head before the second ones.
   */
  public boolean pairedRows() {
    return features.contains(Feature.PAIRED_ROWS);
  }

  /** The family of this name, or null. */
  public static @Nullable ModelFamily named(@Nullable String label) {
    for (ModelFamily family : values()) {
      if (family.label.equals(label)) {
        return family;
      }
    }
    return null;
  }

  /** The names of all. */
  public static String labels() {
    return Arrays.stream(values()).map(ModelFamily::label).collect(Collectors.joining(", "));
  }
}
