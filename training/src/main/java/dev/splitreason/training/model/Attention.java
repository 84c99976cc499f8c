package dev.splitreason.training.model;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention with rotary positions and grouped key/value heads (arXiv 2305.13245).
 *
 * @param queryNorm of each query head, or null
 * @param keyNorm of each key head, or null
 */
record Attention(
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    @Nullable RmsNorm queryNorm,
    @Nullable RmsNorm keyNorm,
    int headSize) {

  /**
   * @param x [rows, length, hidden]
   * @param cache where keys and values go on, null when {@code x} is the whole text
   */
  Tensor apply(Tensor x, Rotary rotary, Mask mask, KeyValueCache.@Nullable Layer cache) {
    long rows = x.size(0);
    long length = x.size(1);
    Tensor queries = turned(heads(query.apply(x), rows, length), queryNorm, rotary);
    Tensor keys = turned(heads(key.apply(x), rows, length), keyNorm, rotary);
    Tensor values = heads(value.apply(x), rows, length).transpose(1, 2);
    if (cache != null) {
      cache.append(keys, values);
      keys = cache.keys();
      values = cache.values();
    }
    Tensor attended =
        torch.scaled_dot_product_attention(
            queries,
            keys,
            values,
            mask.additive(),
            0.0,
            mask.causal(),
            new DoubleOptional(),
            queries.size(1) != keys.size(1));
    return output.apply(attended.transpose(1, 2).reshape(rows, length, -1));
  }

  private static Tensor turned(Tensor heads, @Nullable RmsNorm norm, Rotary rotary) {
    return rotary.apply(norm == null ? heads : norm.apply(heads)).transpose(1, 2);
  }

  private Tensor heads(Tensor projected, long rows, long length) {
    return projected.view(rows, length, -1, headSize);
  }

  /**
   * Which keys a query sees.
   *
   * @param additive [rows, 1, length, keys] of 0 and -infinity, or an empty option
   * @param causal whether a query sees the keys up to its own index, without {@code additive}
   */
  record Mask(TensorOptional additive, boolean causal) {

    /** Up to its own index. */
    static Mask ofCausal() {
      return new Mask(new TensorOptional(), true);
    }

    /** Every key. */
    static Mask none() {
      return new Mask(new TensorOptional(), false);
    }

    /**
     * Where {@code visible} [rows, 1, length, keys] is true. Made additive once, since the
     * attention of every layer would otherwise do so.
     */
    static Mask of(Tensor visible, Tensor like) {
      Tensor additive =
          torch
              .zeros_like(visible, like.options(), new MemoryFormatOptional())
              .masked_fill_(visible.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
      return new Mask(new TensorOptional(additive), false);
    }
  }
}
