package dev.splitreason.training.loop;

import dev.splitreason.training.example.Batch;
import dev.splitreason.training.model.Positions;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weighted cross-entropy of next tokens, in nats. Logits are computed only where a token is
 * learned, and piece by piece where the vocabulary is large: never more than {@link #LOGITS} at a
 * time.
 */
public final class TokenLoss {

  /** The most logits at a time: a quarter of a gigabyte in F32. */
  public static final long LOGITS = 1L << 26;

  private static final long NO_TARGET = -100;

  private final Transformer model;
  private final long piece;

  TokenLoss(Transformer model) {
    this(model, LOGITS);
  }

  TokenLoss(Transformer model, long logits) {
    this.model = model;
    this.piece = Math.max(1, logits / model.shape().vocabulary());
  }

  /**
   * The loss of a batch; its gradients are added to the parameters'.
   *
   * @param weight what the sum over tokens is divided by
   */
  double backward(Batch batch, double weight) {
    try (PointerScope _ = new PointerScope()) {
      Learned learned = learned(batch);
      if (batch.targets().length <= piece) {
        Tensor loss = sum(learned.hidden, learned.targets, learned.weights, weight);
        loss.backward();
        return loss.item_double();
      }
      return backwardInPieces(learned, weight);
    }
  }

  /** The loss of a batch, without gradients: the weighted sum over its tokens. */
  double sum(Batch batch) {
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.off()) {
      Learned learned = learned(batch);
      double sum = 0;
      for (long at = 0; at < learned.count(); at += piece) {
        Learned part = learned.part(at, Math.min(piece, learned.count() - at));
        sum += sum(part.hidden, part.targets, part.weights, 1).item_double();
      }
      return sum;
    }
  }

  /**
   * What a batch teaches.
   *
   * @param hidden the hidden states that predict, [count, hidden]
   * @param targets int64 [count]
   * @param weights [count]
   */
  private record Learned(Tensor hidden, Tensor targets, Tensor weights) {

    long count() {
      return targets.size(0);
    }

    Learned part(long at, long length) {
      return new Learned(
          hidden.narrow(0, at, length),
          targets.narrow(0, at, length),
          weights.narrow(0, at, length));
    }
  }

  private Learned learned(Batch batch) {
    Tensor like = model.parameters().firstEntry().getValue();
    Tensor tokens = PlacedNumbers.of(batch.tokens(), like).view(batch.rows(), batch.length());
    List<int[]> packed = batch.packed();
    Positions positions = packed == null ? Positions.causal() : Positions.packed(packed);
    Tensor hidden = model.forward(tokens, positions).flatten(0, 1);
    return new Learned(
        hidden.index_select(0, PlacedNumbers.of(batch.from(), like)),
        PlacedNumbers.of(batch.targets(), like),
        PlacedNumbers.of(batch.weights(), like));
  }

  private Tensor sum(Tensor hidden, Tensor targets, Tensor weights, double weight) {
    Tensor logits = model.logits(hidden).to(ScalarType.Float);
    Tensor losses =
        torch.cross_entropy_loss(logits, targets, new TensorOptional(), 0, NO_TARGET, 0);
    return losses.dot(weights).div(new Scalar(weight));
  }

  /** The gradient of the hidden states is gathered first, and goes through the model once. */
  private double backwardInPieces(Learned learned, double weight) {
    Tensor leaf = learned.hidden.detach().requires_grad_(true);
    Learned detached = new Learned(leaf, learned.targets, learned.weights);
    double sum = 0;
    for (long at = 0; at < learned.count(); at += piece) {
      try (PointerScope _ = new PointerScope()) {
        Learned part = detached.part(at, Math.min(piece, learned.count() - at));
        Tensor loss = sum(part.hidden, part.targets, part.weights, weight);
        loss.backward();
        sum += loss.item_double();
      }
    }
    learned.hidden.backward(leaf.grad(), new BoolOptional(), false, new TensorArrayRefOptional());
    return sum;
  }
}
