package dev.splitreason.engine.llamacpp.check;

import java.util.Set;

/**
 * What llama.cpp 0.5.0 asserts of the models of some architectures, and of which architectures it
 * is known that they write text token by token with an attention cache (src/models).
 */
final class Architecture {

  private static final Set<String> KNOWN =
      Set.of(
          "afmoe",
          "apertus",
          "arcee",
          "arctic",
          "baichuan",
          "bailingmoe",
          "bailingmoe2",
          "bitnet",
          "bloom",
          "chatglm",
          "codeshell",
          "cohere2",
          "command-r",
          "dbrx",
          "deci",
          "deepseek",
          "deepseek2",
          "dots1",
          "ernie4_5",
          "ernie4_5-moe",
          "exaone",
          "exaone4",
          "falcon",
          "gemma",
          "gemma2",
          "gemma3",
          "gemma3n",
          "gemma4",
          "glm4",
          "glm4moe",
          "gpt-oss",
          "gpt2",
          "gptneox",
          "granite",
          "granitemoe",
          "grok",
          "grovemoe",
          "hunyuan-dense",
          "hunyuan-moe",
          "internlm2",
          "jais",
          "llama",
          "llama4",
          "maincoder",
          "minicpm",
          "minicpm3",
          "minimax-m2",
          "mistral3",
          "mpt",
          "nemotron",
          "olmo",
          "olmo2",
          "olmoe",
          "openelm",
          "orion",
          "pangu-embedded",
          "phi2",
          "phi3",
          "phimoe",
          "plamo",
          "qwen",
          "qwen2",
          "qwen2moe",
          "qwen2vl",
          "qwen3",
          "qwen3moe",
          "qwen3vl",
          "qwen3vlmoe",
          "refact",
          "seed_oss",
          "smallthinker",
          "smollm3",
          "stablelm",
          "starcoder",
          "starcoder2",
          "xverse");

  /** Those that rotate a part of each head, or none of it. */
  private static final Set<String> ROTATES_PARTLY =
      Set.of(
          "afmoe",
          "bailingmoe2",
          "bitnet",
          "bloom",
          "chatglm",
          "cohere2",
          "command-r",
          "deepseek2",
          "gemma",
          "gemma2",
          "gemma3",
          "gemma3n",
          "gemma4",
          "glm4",
          "glm4moe",
          "gpt-oss",
          "gpt2",
          "gptneox",
          "jais",
          "minicpm3",
          "minimax-m2",
          "mpt",
          "nemotron",
          "openelm",
          "phi2",
          "phi3",
          "phimoe",
          "qwen",
          "refact",
          "stablelm",
          "starcoder");

  /** Those whose heads may differ from layer to layer. */
  private static final Set<String> HEADS_BY_LAYER = Set.of("deci", "openelm", "gemma4");

  /** Those whose values may be of another size than their keys. */
  private static final Set<String> VALUES_OF_OWN_SIZE =
      Set.of("deepseek2", "minicpm3", "mistral3", "gpt-oss", "gemma4");

  /** Those that are nothing without experts. */
  private static final Set<String> NEEDS_EXPERTS =
      Set.of("bailingmoe2", "glm4moe", "grovemoe", "smallthinker");

  /** Those whose positions have sections: time, height, width. */
  private static final Set<String> NEEDS_SECTIONS = Set.of("qwen2vl", "qwen3vl", "qwen3vlmoe");

  private Architecture() {}

  static boolean known(String name) {
    return KNOWN.contains(name);
  }

  static boolean rotatesWholeHeads(String name) {
    return KNOWN.contains(name) && !ROTATES_PARTLY.contains(name);
  }

  static boolean headsByLayer(String name) {
    return !KNOWN.contains(name) || HEADS_BY_LAYER.contains(name);
  }

  static boolean valuesAreLikeKeys(String name) {
    return KNOWN.contains(name) && !VALUES_OF_OWN_SIZE.contains(name);
  }

  static boolean needsExperts(String name) {
    return NEEDS_EXPERTS.contains(name);
  }

  static boolean needsSections(String name) {
    return NEEDS_SECTIONS.contains(name);
  }
}
