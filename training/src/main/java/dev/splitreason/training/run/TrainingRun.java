package dev.splitreason.training.run;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.optimize.AdamW;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Runs a trainer from where its optimizer stands to the last step, and keeps the run's folder up to
 * date. Used by one thread.
 *
 * @param folder of the run
 * @param plan what it does when
 * @param checkpoint the model under training, with the files beside it
 * @param optimizer its optimizer
 * @param trainer steps both
 * @param data of every step
 * @param measurement what the model can do
 * @param listener hears how it goes
 * @param processes of which only the first writes
 */
public record TrainingRun(
    RunFolder folder,
    RunPlan plan,
    Checkpoint checkpoint,
    AdamW optimizer,
    Trainer trainer,
    StepData.Source data,
    Measurement.Taker measurement,
    RunListener listener,
    Processes processes) {

  /** How a run ended. */
  public enum End {
    /** All steps were done. */
    FINISHED,
    /** It was asked to stop; it can go on from a checkpoint. */
    STOPPED
  }

  /** Puts the optimizer where a checkpoint of the run left it; the model was read from there. */
  public static void restore(Path checkpoint, AdamW optimizer) throws IOException {
    TrainingState.restore(checkpoint, optimizer);
  }

  /**
   * Trains.
   *
   * @param stop asked after every step; if true, the run saves itself and ends
   * @throws StoppedByLossException if a loss or gradient is no finite number
   * @throws IOException if the folder cannot be written to; checkpoints that are there stay
   */
  public End run(BooleanSupplier stop) throws IOException {
    try (Scribe scribe =
        processes.isFirst()
            ? new FolderScribe(folder, plan, checkpoint, optimizer, listener)
            : new Scribe.Silent()) {
      while (optimizer.steps() < plan.steps()) {
        step(scribe);
        boolean stopping = processes.sum(stop.getAsBoolean() ? 1 : 0)[0] > 0;
        long done = optimizer.steps();
        if (plan.measuresAfter(done) && !stopping) {
          scribe.measured(measurement.after(done));
        }
        if (plan.savesAfter(done) || stopping) {
          scribe.save();
        }
        if (plan.savesAfter(done) && !stopping) {
          scribe.draw();
        }
        if (stopping && done < plan.steps()) {
          return End.STOPPED;
        }
      }
      scribe.finish();
      return End.FINISHED;
    }
  }

  private void step(Scribe scribe) throws IOException {
    StepData step = data.at(optimizer.steps());
    StepReport report = trainer.step(step);
    if (!report.isFinite()) {
      throw scribe.stopped(report, step);
    }
    scribe.step(report);
  }
}
