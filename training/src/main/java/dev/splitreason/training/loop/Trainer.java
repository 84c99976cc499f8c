package dev.splitreason.training.loop;

import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.Batch;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.RateSchedule;
import java.util.List;

/**
 * Trains a model to predict tokens, step by step: gradients of all batches of a step, over all
 * processes, then one step of the optimizer. What a step does depends on its number, the model and
 * the optimizer's state alone. Used by one thread.
 */
public final class Trainer {

  private final AdamW optimizer;
  private final RateSchedule schedule;
  private final long steps;
  private final Processes processes;
  private final TokenLoss loss;

  /**
   * A trainer.
   *
   * @param steps of the whole run, for the schedule
   */
  public Trainer(
      Qwen2 model, AdamW optimizer, RateSchedule schedule, long steps, Processes processes) {
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.steps = steps;
    this.processes = processes;
    this.loss = new TokenLoss(model);
  }

  /**
   * Does one step.
   *
   * @param data the same in all processes
   */
  public StepReport step(StepData data) {
    long began = System.nanoTime();
    double rate = schedule.at(optimizer.steps(), steps);
    double mean = forwardBackward(data);
    double norm = Double.isFinite(mean) ? optimizer.step(rate) : Double.NaN;
    double seconds = (System.nanoTime() - began) / 1e9;
    long step = optimizer.steps() + (Double.isFinite(norm) ? 0 : 1);
    return new StepReport(step, mean, norm, rate, data.size(), seconds);
  }

  /** The mean loss over all processes; so are the gradients. */
  private double forwardBackward(StepData data) {
    double weight = data.weight();
    double sum = 0;
    List<Batch> batches = data.batches();
    for (int i = processes.rank(); i < batches.size(); i += processes.count()) {
      sum += loss.backward(batches.get(i), weight);
    }
    if (processes.count() > 1) {
      processes.sum(optimizer.gradients());
    }
    return processes.sum(sum)[0];
  }

  /** The mean loss of batches, in nats a token, without learning from them. */
  public double evaluate(StepData data) {
    double sum = 0;
    List<Batch> batches = data.batches();
    for (int i = processes.rank(); i < batches.size(); i += processes.count()) {
      sum += loss.sum(batches.get(i));
    }
    return processes.sum(sum)[0] / data.weight();
  }
}
