package dev.splitreason.training.run;

import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.loop.Learner;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.optimize.AdamW;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps a learner to the last step, whatever kind it is, and keeps the run's folder up to date.
 * Used by one thread.
 *
 * @param folder of the run
 * @param plan what it does when
 * @param trainee the model under training
 * @param optimizer its optimizer
 * @param learner steps both
 * @param measurement what the model can do
 * @param listener hears how it goes
 * @param processes of which only the first writes
 */
public record TrainingRun(
    TrainingFolder folder,
    RunPlan plan,
    Trainee trainee,
    AdamW optimizer,
    Learner learner,
    Measurement.Taker measurement,
    RunListener listener,
    Processes processes) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  /** Work that hangs must not keep the process alive. */
  private static final Duration SAVING = Duration.ofMinutes(10);

  /** How a run ended. */
  public enum End {
    /** All steps were done. */
    FINISHED,
    /** It was asked to stop; it can go on from a checkpoint. */
    STOPPED
  }

  /**
   * Trains from the folder's newest checkpoint, or from the beginning. Java's shutdown asks it to
   * stop too, and waits for it.
   *
   * @param stop asked after every step; if true, the run saves itself and ends
   * @throws StoppedByLossException if a loss or gradient is no finite number
   * @throws IOException if the folder cannot be written to; checkpoints that are there stay
   * @throws InterruptedException if the calling thread is interrupted where a step can be given up
   */
  public End run(BooleanSupplier stop) throws IOException, InterruptedException {
    Path resumed = folder.newestCheckpoint();
    for (Path damaged : folder.checkpoints(1).damaged()) {
      LOG.warn(
          "{} is damaged; going on from {}",
          damaged,
          resumed == null ? "the beginning" : resumed.getFileName());
    }
    long step = resumed == null ? 0 : TrainingState.restore(resumed, optimizer);
    try (Shutdown shutdown = Shutdown.awaiting(SAVING);
        RunRecorder scribe =
            processes.isFirst()
                ? new FolderRecorder(folder, plan, trainee, optimizer, listener, step)
                : new RunRecorder.Silent()) {
      if (step == 0 && plan.measureFirst()) {
        scribe.measured(measurement.after(0));
      }
      while (step < plan.steps()) {
        step(scribe, step);
        step++;
        boolean asked = stop.getAsBoolean() || shutdown.hasBegun();
        boolean stopping = processes.sum(asked ? 1 : 0)[0] > 0;
        if (plan.measuresAfter(step) && !stopping) {
          scribe.measured(measurement.after(step));
        }
        if (plan.savesAfter(step) || stopping) {
          scribe.save(step);
        }
        if (plan.savesAfter(step) && !stopping) {
          scribe.draw();
        }
        if (stopping && step < plan.steps()) {
          return End.STOPPED;
        }
      }
      scribe.finish();
      return End.FINISHED;
    }
  }

  private void step(RunRecorder scribe, long step) throws IOException, InterruptedException {
    StepReport report = learner.step(step);
    if (!report.isFinite()) {
      throw scribe.stopped(report, learner.lastData());
    }
    scribe.step(report);
  }
}
