package dev.splitreason.training.grpo;

import dev.splitreason.training.model.Positions;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.rollout.Action;
import dev.splitreason.training.rollout.Rollout;
import dev.splitreason.training.rollout.RolloutSource.Drawing;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How likely the actions of rollouts are under a model: the distributions they were drawn from,
 * with the same temperature and the same tag forbidden, computed again from the tokens in one pass.
 *
 * @param drawing how the rollouts were drawn
 */
public record ActionLogProbs(Drawing drawing) {

  /**
   * The log-probabilities of all actions, rollout after rollout.
   *
   * @param rollouts with at least one action together
   * @return [actions], differentiable unless gradients are off
   */
  public Tensor of(Transformer model, List<Rollout> rollouts) {
    int width = rollouts.stream().mapToInt(rollout -> rollout.tokens().length).max().orElseThrow();
    int count = rollouts.stream().mapToInt(rollout -> rollout.actions().size()).sum();
    long[] tokens = new long[rollouts.size() * width];
    long[] before = new long[count];
    long[] targets = new long[count];
    long[] forbidden = new long[count];
    float[] penalty = new float[count];
    boolean[] stays = new boolean[count];
    int at = 0;
    for (int row = 0; row < rollouts.size(); row++) {
      Rollout rollout = rollouts.get(row);
      for (int i = 0; i < rollout.tokens().length; i++) {
        tokens[row * width + i] = rollout.tokens()[i];
      }
      for (Action action : rollout.actions()) {
        before[at] = (long) row * width + action.place() - 1;
        targets[at] =
            switch (action.kind()) {
              case WRITE_ANY, WRITE -> rollout.tokens()[action.place()];
              case STAY, CLOSE -> drawing.closeTag();
            };
        forbidden[at] =
            switch (action.kind()) {
              case WRITE_ANY, WRITE -> drawing.closeTag();
              case STAY, CLOSE -> drawing.openTag();
            };
        penalty[at] = action.kind() == Action.Kind.WRITE_ANY ? 0 : Float.NEGATIVE_INFINITY;
        stays[at] = action.kind() == Action.Kind.STAY;
        at++;
      }
    }
    Tensor like = model.parameters().firstEntry().getValue();
    Tensor ids = PlacedNumbers.of(tokens, like).view(rollouts.size(), width);
    Tensor hidden = model.forward(ids, Positions.causal()).flatten(0, 1);
    Tensor logits =
        model
            .logits(hidden.index_select(0, PlacedNumbers.of(before, like)))
            .to(ScalarType.Float)
            .div(new Scalar(drawing.temperature()));
    Tensor allowed =
        logits.scatter_add(
            1,
            PlacedNumbers.of(forbidden, like).unsqueeze(1),
            PlacedNumbers.of(penalty, like).unsqueeze(1));
    Tensor drawn =
        allowed.log_softmax(1).gather(1, PlacedNumbers.of(targets, like).unsqueeze(1)).squeeze(1);
    return torch.where(flags(stays, like), complement(drawn), drawn);
  }

  /** ln(1 − exp(x)). */
  private static Tensor complement(Tensor logProbs) {
    return logProbs.clamp_max(new Scalar(Action.SUREST)).expm1().neg().log();
  }

  private static Tensor flags(boolean[] values, Tensor like) {
    long[] numbers = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i] ? 1 : 0;
    }
    return PlacedNumbers.of(numbers, like).to(ScalarType.Bool);
  }
}
