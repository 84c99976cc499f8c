package dev.splitreason.pairs.catalogue;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Weight;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the weights of a file are stored, by the names that files go by. */
public enum Quantisation {
  /** Mostly 4 bits, what matters most in 6: {@code llama_tensor_get_type} of llama.cpp 0.5.0. */
  Q4_K_M(GgufTensorType.Q4_K),
  Q8_0(GgufTensorType.Q8_0),
  F16(GgufTensorType.F16);

  private static final Pattern SENSITIVE =
      Pattern.compile("blk\\.(\\d+)\\.(attn_v|ffn_down)\\.weight");

  private final GgufTensorType usual;

  Quantisation(GgufTensorType usual) {
    this.usual = usual;
  }

  /** Bytes of all weights of a model. */
  public long bytes(ModelShape shape) {
    long bytes = 0;
    for (Map.Entry<String, Weight> weight : shape.weights().entrySet()) {
      bytes += type(weight.getValue(), shape).bytes(weight.getValue().count());
    }
    return bytes;
  }

  /** Bytes of the keys and values of so many tokens, as they are kept by default. */
  public static long keysAndValues(ModelShape shape, int tokens) {
    return GgufTensorType.F16.bytes(shape.keysAndValues() * tokens);
  }

  private GgufTensorType type(Weight weight, ModelShape shape) {
    if (weight.extents().size() < 2) {
      return GgufTensorType.F32;
    }
    if (this != Q4_K_M) {
      return usual;
    }
    boolean fits = weight.extents().getLast() % GgufTensorType.Q4_K.blockElements() == 0;
    if (isOutput(weight, shape) || hasMoreBits(weight.ggufName(), shape.layers())) {
      return fits ? GgufTensorType.Q6_K : GgufTensorType.Q8_0;
    }
    return fits ? GgufTensorType.Q4_K : GgufTensorType.Q5_0;
  }

  private static boolean isOutput(Weight weight, ModelShape shape) {
    return weight.ggufName().equals(shape.tiedEmbeddings() ? "token_embd.weight" : "output.weight");
  }

  /** The first and last eighth of the layers, and of the others each third. */
  private static boolean hasMoreBits(String name, int layers) {
    Matcher sensitive = SENSITIVE.matcher(name);
    if (!sensitive.matches()) {
      return false;
    }
    int layer = Integer.parseInt(sensitive.group(1));
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
  }
}
