package dev.splitreason.training.loop;

import dev.splitreason.training.example.StepData;
import java.util.List;

/** Learns to predict the tokens of examples. Used by one thread. */
public final class TextLearner implements Learner {

  private final Trainer trainer;
  private final StepData.Source source;
  private StepData last = new StepData(List.of());

  /** Steps a trainer, whose steps are the run's, through the data of a source. */
  public TextLearner(Trainer trainer, StepData.Source source) {
    this.trainer = trainer;
    this.source = source;
  }

  @Override
  public StepReport step(long step) {
    last = source.at(step);
    return trainer.step(last);
  }

  @Override
  public Object lastData() {
    return last;
  }
}
