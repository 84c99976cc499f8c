package dev.splitreason.training.run;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.data.jsonl.Json;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufExport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.optimize.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes to the run's folder, and tells the listener. */
final class FolderScribe implements Scribe {

  private final RunFolder folder;
  private final RunPlan plan;
  private final Checkpoint checkpoint;
  private final AdamW optimizer;
  private final RunListener listener;
  private final MetricsLog metrics;

  FolderScribe(
      RunFolder folder, RunPlan plan, Checkpoint checkpoint, AdamW optimizer, RunListener listener)
      throws IOException {
    this.folder = folder;
    this.plan = plan;
    this.checkpoint = checkpoint;
    this.optimizer = optimizer;
    this.listener = listener;
    this.metrics = MetricsLog.open(folder.metrics(), optimizer.steps());
    listener.onBegin(optimizer.steps(), plan.steps());
  }

  @Override
  public void step(StepReport report) throws IOException {
    metrics.add(report);
    listener.onStep(report);
  }

  @Override
  public void measured(Measurement measurement) throws IOException {
    metrics.add(measurement);
    for (Measurement.Sample sample : measurement.samples()) {
      var line = Json.MAPPER.createObjectNode().put("step", measurement.step());
      line.put("problem", sample.problem()).put("expected", sample.expected());
      line.put("response", sample.response()).put("right", sample.right());
      Files.writeString(
          folder.samples(),
          Json.MAPPER.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    listener.onMeasured(measurement);
  }

  @Override
  public void save() throws IOException {
    metrics.force();
    listener.onCheckpoint(writeCheckpoint());
  }

  @Override
  public void draw() throws IOException {
    CurvesPng.write(folder.curves(), metrics.curve("loss"), metrics.curve("accuracy"));
  }

  private Path writeCheckpoint() throws IOException {
    return folder
        .checkpoints(plan.checkpoints().keep())
        .write(optimizer.steps(), path -> TrainingState.write(path, checkpoint, optimizer));
  }

  @Override
  public void finish() throws IOException {
    HuggingFaceFolder.write(folder.model(), checkpoint);
    GgufTensorType type = plan.gguf().type();
    if (type != null) {
      String name = String.valueOf(folder.path().toAbsolutePath().getFileName());
      GgufExport.write(folder.gguf(), checkpoint, type, name);
    }
  }

  @Override
  public StoppedByLossException stopped(StepReport report, StepData data) throws IOException {
    Path batch = folder.badBatch(report.step());
    Files.write(batch, Json.line(data));
    return new StoppedByLossException(report.step(), batch, writeCheckpoint());
  }

  @Override
  public void close() throws IOException {
    metrics.close();
  }
}
