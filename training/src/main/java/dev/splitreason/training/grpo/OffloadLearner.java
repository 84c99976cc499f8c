package dev.splitreason.training.grpo;

import dev.splitreason.training.loop.Learner;
import dev.splitreason.training.loop.StepReport;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * GRPO as steps of a run.
 *
 * @param trainer does them
 */
record OffloadLearner(GrpoTrainer trainer) implements Learner {

  @Override
  public StepReport step(long step) throws InterruptedException {
    GrpoReport report = trainer.step(step);
    GrpoReport.Answers answers = report.answers();
    GrpoReport.Update update = report.update();
    return new StepReport(
        report.step(),
        update.loss(),
        update.gradientNorm(),
        update.rate(),
        Math.round(answers.tokens() * answers.count()),
        answers.seconds() + update.seconds(),
        figures(answers, update));
  }

  /** Of the sampled answers; what the pair can do when it is measured has other names. */
  private static SequencedMap<String, Double> figures(
      GrpoReport.Answers answers, GrpoReport.Update update) {
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    figures.put("reward", answers.reward());
    answers.rewards().forEach((name, mean) -> figures.put(name + "_reward", mean));
    figures.put("rollout_offload_ratio", answers.offloadRatio());
    figures.put("spans", answers.spans());
    figures.put("tokens_an_answer", answers.tokens());
    figures.put("ended", answers.ended());
    figures.put("answers", (double) answers.count());
    figures.put("tied_groups", answers.tiedGroups());
    figures.put("kl", update.kl());
    figures.put("clipped", update.clipped());
    figures.put("updates", (double) update.count());
    figures.put("rollout_seconds", answers.seconds());
    figures.put("update_seconds", update.seconds());
    return figures;
  }

  @Override
  public Object lastData() {
    return Objects.requireNonNull(trainer.lastBatch(), "no step was done");
  }
}
