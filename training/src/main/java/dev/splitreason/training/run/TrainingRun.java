package dev.splitreason.training.run;

import dev.splitreason.data.jsonl.Json;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.optimize.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    try (MetricsLog metrics = MetricsLog.open(folder.metrics(), optimizer.steps())) {
      listener.onBegin(optimizer.steps(), plan.steps());
      while (optimizer.steps() < plan.steps()) {
        step(metrics);
        boolean stopping = processes.sum(stop.getAsBoolean() ? 1 : 0)[0] > 0;
        long done = optimizer.steps();
        if (plan.measuresAfter(done) && !stopping) {
          measure(metrics);
        }
        if (plan.savesAfter(done) || stopping) {
          save(metrics);
        }
        if (stopping && done < plan.steps()) {
          return End.STOPPED;
        }
      }
      finish();
      return End.FINISHED;
    }
  }

  private void step(MetricsLog metrics) throws IOException {
    StepData step = data.at(optimizer.steps());
    StepReport report = trainer.step(step);
    if (!report.isFinite()) {
      stopByLoss(report, step);
    }
    if (processes.isFirst()) {
      metrics.add(report);
      listener.onStep(report);
    }
  }

  private void measure(MetricsLog metrics) throws IOException {
    Measurement taken = measurement.after(optimizer.steps());
    if (!processes.isFirst()) {
      return;
    }
    metrics.add(taken);
    for (Measurement.Sample sample : taken.samples()) {
      var line = Json.MAPPER.createObjectNode().put("step", taken.step());
      line.put("problem", sample.problem()).put("expected", sample.expected());
      line.put("response", sample.response()).put("right", sample.right());
      Files.write(
          folder.samples(), Json.line(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(folder.samples(), "\n", StandardOpenOption.APPEND);
    }
    listener.onMeasured(taken);
  }

  private void save(MetricsLog metrics) throws IOException {
    if (!processes.isFirst()) {
      return;
    }
    metrics.force();
    Path saved =
        folder
            .checkpoints(plan.checkpoints().keep())
            .write(optimizer.steps(), path -> TrainingState.write(path, checkpoint, optimizer));
    CurvesPng.write(folder.curves(), metrics.curve("loss"), metrics.curve("accuracy"));
    listener.onCheckpoint(saved);
  }

  private void finish() throws IOException {
    if (processes.isFirst()) {
      HuggingFaceFolder.write(folder.model(), checkpoint);
    }
  }

  private void stopByLoss(StepReport report, StepData step) throws IOException {
    Path batch = folder.badBatch(report.step());
    Path saved = folder.path();
    if (processes.isFirst()) {
      Files.write(batch, Json.line(step));
      saved =
          folder
              .checkpoints(plan.checkpoints().keep())
              .write(optimizer.steps(), path -> TrainingState.write(path, checkpoint, optimizer));
    }
    throw new StoppedByLossException(report.step(), batch, saved);
  }
}
