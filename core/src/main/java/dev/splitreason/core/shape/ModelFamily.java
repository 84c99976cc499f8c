package dev.splitreason.core.shape;

import org.jspecify.annotations.Nullable;

/** What models have in common whatever their sizes: what they compute, and their names for it. */
public enum ModelFamily {
  /** Qwen2, Qwen2.5 and what is distilled into them (arXiv 2407.10671). */
  QWEN2("qwen2", "Qwen2ForCausalLM", true),
  /** Llama 2, 3 and what is distilled into them (arXiv 2407.21783). */
  LLAMA("llama", "LlamaForCausalLM", false);

  private final String label;
  private final String className;
  private final boolean attentionBiases;

  ModelFamily(String label, String className, boolean attentionBiases) {
    this.label = label;
    this.className = className;
    this.attentionBiases = attentionBiases;
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

  /** Whether queries, keys and values are given a bias. */
  public boolean attentionBiases() {
    return attentionBiases;
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
}
