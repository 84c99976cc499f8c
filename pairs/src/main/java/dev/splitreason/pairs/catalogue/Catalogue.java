package dev.splitreason.pairs.catalogue;

import dev.splitreason.pairs.catalogue.KnownModel.Style;
import dev.splitreason.pairs.hub.HubName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs that are known; names and shapes as their authors publish them. */
public final class Catalogue {

  private static final String R1 = "deepseek-r1";

  private static final KnownModel R1_SMALL = r1("1.5B");
  private static final KnownModel R1_32B = r1("32B");

  /** The checkpoint of arXiv 2504.16379, after SFT and GRPO, as others made GGUF files of it. */
  private static final KnownModel TAG_TRAINED =
      new KnownModel(
          hub("mradermacher/DeepSeek-R1-Distill-Qwen-1.5B-GRPO-SpeculativeReasoner-GGUF", "Q8_0"),
          "akhauriyash/DeepSeek-R1-Distill-Qwen-1.5B-GRPO-SpeculativeReasoner",
          "DeepSeek-R1-Distill-Qwen-1.5B",
          R1,
          Style.OPENED);

  private static final KnownModel R1_LLAMA =
      new KnownModel(
          hub("bartowski/DeepSeek-R1-Distill-Llama-8B-GGUF", "Q4_K_M"),
          "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
          "Llama-3.1-8B",
          R1,
          Style.OPENED);

  private static final KnownModel SMOL =
      new KnownModel(
          hub("bartowski/SmolLM2-135M-Instruct-GGUF", "Q8_0"),
          "HuggingFaceTB/SmolLM2-135M-Instruct",
          "SmolLM2-135M",
          null,
          Style.NONE);

  private static final List<KnownPair> PAIRS =
      List.of(
          new KnownPair(
              "splitreason-1.5b-32b",
              TAG_TRAINED,
              R1_32B,
              true,
              "the published tag-trained checkpoint with the paper's large model"),
          new KnownPair(
              "r1-1.5b-32b", R1_SMALL, R1_32B, false, "the paper's pair before it was trained"),
          new KnownPair(
              "r1-1.5b-14b", R1_SMALL, r1("14B"), false, "the paper's pair, 14B for the spans"),
          new KnownPair(
              "r1-1.5b-llama-8b",
              R1_SMALL,
              R1_LLAMA,
              false,
              "the paper's pair, 8B for the spans: two vocabularies"),
          new KnownPair("r1-1.5b-7b", R1_SMALL, r1("7B"), false, "for a laptop with 16 GB"),
          new KnownPair(
              "qwen3-0.6b-8b",
              qwen3("0.6B", "Q8_0"),
              qwen3("8B", "Q4_K_M"),
              false,
              "a recent thinking pair for a laptop"),
          new KnownPair(
              "qwen3-1.7b-32b",
              qwen3("1.7B", "Q8_0"),
              qwen3("32B", "Q4_K_M"),
              false,
              "a recent thinking pair"),
          new KnownPair(
              "qwen2.5-0.5b-3b",
              qwen25("0.5B", "Q8_0"),
              qwen25("3B", "Q4_K_M"),
              false,
              "small, without thinking"),
          new KnownPair(
              "smollm2-135m-qwen2.5-1.5b",
              SMOL,
              qwen25("1.5B", "Q8_0"),
              false,
              "the smallest real pair: two makes, two vocabularies"));

  private Catalogue() {}

  /** All pairs. */
  public static List<KnownPair> pairs() {
    return PAIRS;
  }

  /** The pair of a name, or null. */
  public static @Nullable KnownPair named(String name) {
    return PAIRS.stream().filter(pair -> pair.name().equals(name)).findFirst().orElse(null);
  }

  private static KnownModel r1(String size) {
    String name = "DeepSeek-R1-Distill-Qwen-" + size;
    return new KnownModel(
        hub("bartowski/" + name + "-GGUF", size.equals("1.5B") ? "Q8_0" : "Q4_K_M"),
        "deepseek-ai/" + name,
        name,
        R1,
        Style.OPENED);
  }

  private static KnownModel qwen3(String size, String quantisation) {
    String name = "Qwen3-" + size;
    return new KnownModel(
        hub("Qwen/" + name + "-GGUF", quantisation), "Qwen/" + name, name, null, Style.OWN);
  }

  private static KnownModel qwen25(String size, String quantisation) {
    String name = "Qwen2.5-" + size;
    return new KnownModel(
        hub("Qwen/" + name + "-Instruct-GGUF", quantisation),
        "Qwen/" + name + "-Instruct",
        name,
        null,
        Style.NONE);
  }

  private static HubName hub(String repository, String quantisation) {
    return new HubName(repository, HubName.MAIN, quantisation);
  }
}
