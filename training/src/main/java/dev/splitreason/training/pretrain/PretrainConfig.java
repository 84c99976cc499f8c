package dev.splitreason.training.pretrain;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.run.CheckpointConfig;
import dev.splitreason.training.run.ComputeConfig;
import dev.splitreason.training.run.Gguf;
import dev.splitreason.training.run.MeasureConfig;

/**
 * The configuration of {@code splitreason train pretrain}.
 *
 * @param seed decides weights and data
 * @param compute where the model is
 * @param schedule how many steps of how many examples
 * @param precision of the passes through the model
 * @param model its shape
 * @param data what it learns
 * @param optimizer how
 * @param measure when it is measured
 * @param checkpoints when it is saved
 * @param gguf what it leaves for llama.cpp
 */
public record PretrainConfig(
    long seed,
    ComputeConfig compute,
    Schedule schedule,
    Precision precision,
    FreshModel model,
    ChainData data,
    OptimizerConfig optimizer,
    MeasureConfig measure,
    CheckpointConfig checkpoints,
    Gguf gguf) {

  /** What a file need not say. */
  public static final PretrainConfig DEFAULT =
      new PretrainConfig(
          1,
          ComputeConfig.DEFAULT,
          new Schedule(2000, 128, 32),
          Precision.F32,
          FreshModel.SMALL,
          ChainData.DEFAULT,
          OptimizerConfig.DEFAULT,
          MeasureConfig.DEFAULT,
          CheckpointConfig.DEFAULT,
          Gguf.F32);

  /**
   * How much is learned.
   *
   * @param steps of the optimizer
   * @param batch examples a step
   * @param microBatch examples that go through the model together
   */
  public record Schedule(int steps, int batch, int microBatch) {

    public Schedule {
      requirePositive("steps", steps);
      requirePositive("batch", batch);
      requirePositive("micro-batch", microBatch);
    }

    private static void requirePositive(String name, int number) {
      if (number < 1) {
        throw new UserMistake(name + " must be 1 or more, not " + number);
      }
    }
  }
}
