package dev.splitreason.training.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.model.Adapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an adapter learns instead of the weights (LoRA, arXiv 2106.09685).
 *
 * @param rank of its matrices; 0 for no adapter
 * @param alpha its change is scaled by alpha / rank
 * @param targets the matrices of a layer that it changes
 */
public record LoraConfig(int rank, double alpha, List<String> targets) {

  /** No adapter; where one is asked for, beside all matrices. */
  public static final LoraConfig NONE = new LoraConfig(0, 16, Adapter.Shape.ALL_TARGETS);

  public LoraConfig {
    targets = List.copyOf(targets);
    if (rank < 0) {
      throw new UserMistake("rank must be 0 (no adapter) or more, not " + rank);
    }
    if (!(alpha > 0)) {
      throw new UserMistake("alpha must be above 0, not " + alpha);
    }
    Adapter.Shape _ = new Adapter.Shape(Math.max(1, rank), alpha, targets);
  }

  /** The adapter's shape, or null for none. */
  public Adapter.@Nullable Shape shape() {
    return rank == 0 ? null : new Adapter.Shape(rank, alpha, targets);
  }
}
