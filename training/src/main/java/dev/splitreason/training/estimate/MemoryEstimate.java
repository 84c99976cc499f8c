package dev.splitreason.training.estimate;

import dev.splitreason.training.model.Qwen2Config;

/**
 * The memory that training takes on each device, in bytes, everything in F32.
 *
 * @param weights the parameters
 * @param gradients one for each
 * @param optimizer two means for each
 * @param activations what the backward pass needs of the forward pass
 * @param logits of the piece of a batch whose loss is computed at once, with its gradient
 */
public record MemoryEstimate(
    long weights, long gradients, long optimizer, long activations, long logits) {

  private static final long F32 = 4;

  /** Logits, their log-softmax and their gradient. */
  private static final long LOGIT_COPIES = 3;

  /**
   * The memory of a model that learns.
   *
   * @param rows that go through the model together
   * @param length of each, in tokens
   * @param packed whether rows hold several examples, which takes a mask
   * @param logits how many are computed at once, at most
   * @param recompute whether only one layer at a time keeps what it needs
   */
  public static MemoryEstimate of(
      Qwen2Config shape, long rows, long length, boolean packed, long logits, boolean recompute) {
    long parameters = shape.parameterCount();
    long tokens = rows * length;
    long mask = packed ? rows * length * length * (F32 + 1) : 0;
    long kept =
        recompute
            ? keptPerToken(shape) + (long) shape.layers() * shape.hiddenSize()
            : keptPerToken(shape) * shape.layers();
    long atOnce = Math.min(tokens * shape.vocabularySize(), logits);
    return new MemoryEstimate(
        F32 * parameters,
        F32 * parameters,
        2 * F32 * parameters,
        F32 * tokens * kept + mask,
        LOGIT_COPIES * F32 * atOnce);
  }

  /**
   * Numbers a layer keeps of each token: two norms in and out, queries and keys before and after
   * rotation, values, what attention gives before and after its projection; gate, up, the
   * activation and its product.
   */
  private static long keptPerToken(Qwen2Config shape) {
    long queries = (long) shape.heads() * shape.headSize();
    long keys = (long) shape.keyValueHeads() * shape.headSize();
    return 4L * shape.hiddenSize() + 4 * queries + 3 * keys + 4L * shape.feedForwardSize();
  }

  /** All of it. */
  public long total() {
    return weights + gradients + optimizer + activations + logits;
  }
}
