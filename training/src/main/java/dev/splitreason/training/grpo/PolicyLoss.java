package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The clipped policy loss with a penalty on leaving the reference. Per action, with ratio ρ = π /
 * π_sampled and advantage A:
 *
 * <pre>
 *   −min(ρ A, clamp(ρ, 1 − clipLow, 1 + clipHigh) A) + klWeight · k3
 *   k3 = π_ref / π − ln(π_ref / π) − 1
 * </pre>
 *
 * The clip is PPO's (arXiv 1707.06347); a clipHigh above clipLow is DAPO's clip-higher (arXiv
 * 2503.14476, section 3.1); k3 is the unbiased estimator of the KL divergence that GRPO takes
 * (arXiv 2402.03300, equation 4).
 *
 * @param clipLow how far below 1 the ratio counts, in 0 … 1
 * @param clipHigh how far above 1 the ratio counts, not negative
 * @param klWeight 0 for no reference
 */
public record PolicyLoss(double clipLow, double clipHigh, double klWeight) {

  /** GRPO's clip, without a reference. */
  public static final PolicyLoss DEFAULT = new PolicyLoss(0.2, 0.2, 0);

  public PolicyLoss {
    if (!(clipLow >= 0 && clipLow <= 1) || !(clipHigh >= 0) || !(klWeight >= 0)) {
      throw new UserMistake(
          "the ratio is clipped to 1 - (0 … 1) below and 1 + (0 or more) above, with a KL weight of"
              + " at least 0, not %s, %s and %s".formatted(clipLow, clipHigh, klWeight));
    }
  }

  /**
   * A batch of actions, each a tensor of shape [actions].
   *
   * @param sampled log-probabilities when they were sampled
   * @param advantages of the answers they belong to
   * @param weights in the loss, see {@link Aggregation}
   * @param reference log-probabilities under the reference policy, or null for none
   */
  public record Actions(
      Tensor sampled, Tensor advantages, Tensor weights, @Nullable Tensor reference) {}

  /**
   * The loss of a batch.
   *
   * @param loss a differentiable scalar
   * @param kl the mean of k3 over the actions; 0 without a reference
   * @param clipped the share of actions whose gradient the clip cuts off
   */
  public record Value(Tensor loss, double kl, double clipped) {}

  /**
   * Computes the loss.
   *
   * @param logProbs of the actions under the policy that learns, [actions], differentiable
   */
  public Value of(Tensor logProbs, Actions actions) {
    Tensor ratio = logProbs.sub(actions.sampled()).exp();
    Tensor clamped = torch.clamp(ratio, bound(1 - clipLow), bound(1 + clipHigh));
    Tensor advantages = actions.advantages();
    Tensor free = ratio.mul(advantages);
    Tensor bounded = clamped.mul(advantages);
    Tensor perAction = torch.minimum(free, bounded).neg();
    double kl = 0;
    if (actions.reference() != null && klWeight > 0) {
      Tensor k3 = k3(logProbs, actions.reference());
      perAction = perAction.add(k3.mul(new Scalar(klWeight)));
      kl = k3.detach().mean().item_double();
    }
    double clipped = bounded.detach().lt(free.detach()).to(ScalarType.Float).mean().item_double();
    return new Value(perAction.mul(actions.weights()).sum(), kl, clipped);
  }

  private static Tensor k3(Tensor logProbs, Tensor reference) {
    Tensor difference = reference.sub(logProbs);
    return difference.exp().sub(difference).sub(new Scalar(1.0));
  }

  private static ScalarOptional bound(double value) {
    return new ScalarOptional(new Scalar(value));
  }
}
