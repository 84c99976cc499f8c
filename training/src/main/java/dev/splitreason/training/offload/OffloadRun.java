package dev.splitreason.training.offload;

import dev.splitreason.data.jsonl.Json;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.grpo.GrpoReport;
import dev.splitreason.training.grpo.GrpoTrainer;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.run.CurvesPng;
import dev.splitreason.training.run.MetricsLog;
import dev.splitreason.training.run.RunFolder;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.StoppedByLossException;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.run.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps a GRPO trainer to the last step and keeps the run's folder up to date.
 *
 * @param folder of the run
 * @param config of the run
 * @param small the model under training, with the files beside it
 * @param optimizer its optimizer
 * @param trainer steps both
 * @param listener hears how it goes
 */
record OffloadRun(
    RunFolder folder,
    OffloadConfig config,
    Checkpoint small,
    AdamW optimizer,
    GrpoTrainer trainer,
    RunListener listener) {

  /**
   * Trains.
   *
   * @param first how many steps were done
   * @param stop asked after every step; if true, the run saves itself and ends
   */
  End run(long first, BooleanSupplier stop) throws IOException, InterruptedException {
    try (MetricsLog metrics = MetricsLog.open(folder.metrics(), first)) {
      listener.onBegin(first, config.steps());
      for (long step = first; step < config.steps(); ) {
        GrpoReport report = trainer.step(step);
        step = report.step();
        metrics.add(line(report));
        if (!report.isFinite()) {
          throw new StoppedByLossException(step, folder.metrics(), save(step - 1, metrics));
        }
        listener.onStep(progress(report));
        boolean stopping = stop.getAsBoolean();
        int every = config.checkpoints().every();
        if (step == config.steps() || stopping || (every > 0 && step % every == 0)) {
          listener.onCheckpoint(save(step, metrics));
        }
        if (stopping && step < config.steps()) {
          return End.STOPPED;
        }
      }
      HuggingFaceFolder.write(folder.model(), small);
      return End.FINISHED;
    }
  }

  private Path save(long step, MetricsLog metrics) throws IOException {
    metrics.force();
    Path saved =
        folder
            .checkpoints(config.checkpoints().keep())
            .write(step, path -> TrainingState.write(path, small, optimizer, step));
    CurvesPng.write(
        folder.curves(),
        "tokens an answer",
        metrics.curve("tokens_an_answer"),
        "accuracy, offload ratio",
        List.of(metrics.curve("accuracy"), metrics.curve("offload_ratio")));
    return saved;
  }

  private static StepReport progress(GrpoReport report) {
    GrpoReport.Answers answers = report.answers();
    GrpoReport.Update update = report.update();
    return new StepReport(
        report.step(),
        update.loss(),
        update.gradientNorm(),
        update.rate(),
        Math.round(answers.tokens() * answers.count()),
        answers.seconds() + update.seconds());
  }

  private static ObjectNode line(GrpoReport report) {
    GrpoReport.Answers answers = report.answers();
    GrpoReport.Update update = report.update();
    ObjectNode line = Json.MAPPER.createObjectNode().put("step", report.step());
    line.put("reward", answers.reward());
    answers.rewards().forEach(line::put);
    line.put("offload_ratio", answers.offloadRatio()).put("spans", answers.spans());
    line.put("tokens_an_answer", answers.tokens()).put("ended", answers.ended());
    line.put("answers", answers.count()).put("tied_groups", answers.tiedGroups());
    line.put("loss", update.loss()).put("kl", update.kl()).put("clipped", update.clipped());
    line.put("gradient_norm", update.gradientNorm()).put("rate", update.rate());
    line.put("updates", update.count());
    return line.put("rollout_seconds", answers.seconds()).put("update_seconds", update.seconds());
  }
}
