package dev.splitreason.training.estimate;

import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.model.Adapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that training takes on each device, in bytes. Weights are F32.
 *
 * @param weights the parameters, in BF16 too where products are
 * @param gradients one for each parameter that learns
 * @param optimizer two means for each
 * @param activations what the backward pass needs of the forward pass
 * @param logits of the piece of a batch whose loss is computed at once, with its gradient
 * @param others what is held beside the model that learns: other models, keys and values
 */
public record MemoryEstimate(
    long weights, long gradients, long optimizer, long activations, long logits, long others) {

  private static final long F32 = 4;
  private static final long BF16 = 2;

  /** Logits, their log-softmax and their gradient. */
  private static final long LOGIT_COPIES = 3;

  /**
   * The memory of a model that learns.
   *
   * @param adapter what learns beside its weights, or null if they do
   */
  public static MemoryEstimate of(
      ModelShape shape, Adapter.@Nullable Shape adapter, Passes passes) {
    boolean half = passes.precision() == Precision.BF16;
    long added = adapter == null ? 0 : parameters(adapter, shape);
    long learned = adapter == null ? shape.parameters() : added;
    long mask = passes.packed() ? passes.tokens() * passes.length() * (F32 + 1) : 0;
    long kept =
        passes.recompute()
            ? keptPerToken(shape) + (long) shape.layers() * shape.width()
            : keptPerToken(shape) * shape.layers();
    long atOnce = Math.min(passes.tokens() * shape.vocabulary(), passes.logits());
    return new MemoryEstimate(
        weights(shape) + F32 * added + (half ? BF16 * shape.parameters() : 0),
        F32 * learned,
        2 * F32 * learned,
        (half ? BF16 : F32) * passes.tokens() * kept + mask,
        LOGIT_COPIES * F32 * atOnce,
        0);
  }

  /** The same beside other things that take so much memory. */
  public MemoryEstimate beside(long bytes) {
    return new MemoryEstimate(weights, gradients, optimizer, activations, logits, others + bytes);
  }

  /** The weights of a model. */
  public static long weights(ModelShape shape) {
    return F32 * shape.parameters();
  }

  /** The keys and values of texts that a model writes. */
  public static long keysAndValues(ModelShape shape, long rows, long length) {
    return F32 * rows * length * shape.keysAndValues();
  }

  private static long parameters(Adapter.Shape adapter, ModelShape shape) {
    return adapter.parameterShapes(shape).values().stream()
        .mapToLong((List<Long> extents) -> extents.get(0) * extents.get(1))
        .sum();
  }

  /**
   * Numbers a layer keeps of each token: two norms in and out, queries and keys before and after
   * rotation (and before their norms), values, what attention gives before and after its
   * projection; gate, up, the activation and its product.
   */
  private static long keptPerToken(ModelShape shape) {
    long queries = (long) shape.heads() * shape.headSize();
    long keys = (long) shape.keyValueHeads() * shape.headSize();
    long normed = shape.family().headNorms() ? queries + keys : 0;
    return 4L * shape.width() + 4 * queries + 3 * keys + normed + 4L * shape.feedForward();
  }

  /** All of it. */
  public long total() {
    return weights + gradients + optimizer + activations + logits + others;
  }
}
