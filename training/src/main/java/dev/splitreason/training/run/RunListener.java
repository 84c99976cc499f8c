package dev.splitreason.training.run;

import dev.splitreason.training.loop.StepReport;
import java.nio.file.Path;

/** Hears how a run goes, on the thread that trains. */
public interface RunListener {

  /**
   * The data was read.
   *
   * @param examples to learn from
   * @param losses what was left out, in words; empty if nothing was
   */
  default void onData(int examples, String losses) {}

  /**
   * The model is ready.
   *
   * @param parameters that learn
   * @param device where, as libtorch names it: cpu or cuda:0
   */
  default void onModel(long parameters, String device) {}

  /**
   * How a step's work can be shared out.
   *
   * @param batches of a step, over all processes
   * @param threads that each go through one at a time, over all processes
   */
  default void onShares(int batches, int threads) {}

  /** The run begins, or goes on. */
  default void onBegin(long step, long steps) {}

  /** A step was done. */
  default void onStep(StepReport report) {}

  /** The model was measured. */
  default void onMeasured(Measurement measurement) {}

  /** A checkpoint is complete. */
  default void onCheckpoint(Path folder) {}
}
