package dev.splitreason.training.run;

import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.optimize.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Writes to the run's folder, and tells the listener. */
final class FolderRecorder implements RunRecorder {

  private final TrainingFolder folder;
  private final RunPlan plan;
  private final Trainee trainee;
  private final AdamW optimizer;
  private final RunListener listener;
  private final MetricsLog metrics;
  private final StepLines samples;

  /** For a run that begins, or goes on, after so many steps. */
  FolderRecorder(
      TrainingFolder folder,
      RunPlan plan,
      Trainee trainee,
      AdamW optimizer,
      RunListener listener,
      long step)
      throws IOException {
    this.folder = folder;
    this.plan = plan;
    this.trainee = trainee;
    this.optimizer = optimizer;
    this.listener = listener;
    this.metrics = MetricsLog.open(folder.metrics(), step);
    try {
      this.samples = StepLines.open(folder.samples(), step);
    } catch (IOException e) {
      metrics.close();
      throw e;
    }
    listener.onModel(trainee.parameterCount(), trainee.device());
    listener.onBegin(step, plan.steps());
  }

  /** An answer of a measurement. */
  private record SampleLine(
      long step, String problem, String expected, String response, boolean right) {}

  @Override
  public void step(StepReport report) throws IOException {
    metrics.add(report);
    listener.onStep(report);
  }

  @Override
  public void measured(Measurement measurement) throws IOException {
    metrics.add(measurement);
    for (Measurement.Sample sample : measurement.samples()) {
      samples.add(
          new SampleLine(
              measurement.step(),
              sample.problem(),
              sample.expected(),
              sample.response(),
              sample.right()));
    }
    listener.onMeasured(measurement);
  }

  @Override
  public void save(long step) throws IOException {
    listener.onCheckpoint(writeCheckpoint(step));
  }

  @Override
  public void draw() throws IOException {
    CurvesPng.write(folder.curves(), plan.curves(), metrics);
  }

  private Path writeCheckpoint(long step) throws IOException {
    metrics.force();
    samples.force();
    return folder
        .checkpoints(plan.checkpoints().keep())
        .write(step, path -> TrainingState.write(path, trainee, optimizer, step));
  }

  @Override
  public void finish() {
    trainee.finish(folder, plan.gguf());
  }

  @Override
  public StoppedByLossException stopped(StepReport report, Object data) throws IOException {
    Path batch = folder.badBatch(report.step());
    // By the names that the kind of run has for its own data.
    Files.write(batch, JsonMapper.shared().writeValueAsBytes(data));
    return new StoppedByLossException(report.step(), batch, writeCheckpoint(report.step() - 1));
  }

  @Override
  public void close() throws IOException {
    try (samples) {
      metrics.close();
    }
  }
}
