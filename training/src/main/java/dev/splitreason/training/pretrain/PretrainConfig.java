package dev.splitreason.training.pretrain;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.run.CheckpointConfig;
import dev.splitreason.training.run.Gguf;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.tensor.ComputeDevice;

/**
 * The configuration of {@code splitreason train pretrain}.
 *
 * @param seed decides weights and data
 * @param threads that compute; 0 for one a core
 * @param device where the model lies and computes
 * @param steps of the optimizer
 * @param batch examples a step
 * @param microBatch examples that go through the model together
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
    int threads,
    ComputeDevice device,
    int steps,
    int batch,
    int microBatch,
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
          0,
          ComputeDevice.AUTO,
          2000,
          128,
          32,
          Precision.F32,
          FreshModel.SMALL,
          ChainData.DEFAULT,
          OptimizerConfig.DEFAULT,
          MeasureConfig.DEFAULT,
          CheckpointConfig.DEFAULT,
          Gguf.F32);

  public PretrainConfig {
    requirePositive("steps", steps);
    requirePositive("batch", batch);
    requirePositive("micro-batch", microBatch);
    if (threads < 0) {
      throw new UserMistake("threads must be 0 (all cores) or more, not " + threads);
    }
  }

  private static void requirePositive(String name, int number) {
    if (number < 1) {
      throw new UserMistake(name + " must be 1 or more, not " + number);
    }
  }
}
