package dev.splitreason.training.loop;

import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.Batch;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.RateSchedule;
import dev.splitreason.training.tensor.ComputeThreads;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains a model to predict tokens, step by step: gradients of all batches of a step, over all
 * processes, then one step of the optimizer. What a step does depends on its number, the model and
 * the optimizer's state alone. Used by one thread, which it sets the number of threads for.
 */
public final class Trainer implements AutoCloseable {

  private final AdamW optimizer;
  private final RateSchedule schedule;
  private final long steps;
  private final Processes processes;
  private final Workers workers;

  /**
   * A trainer.
   *
   * @param steps of the whole run, for the schedule
   * @param precision of the passes through the model
   * @param threads that go through different batches of a step at the same time
   * @throws IllegalArgumentException if this hardware does not have the precision
   */
  public Trainer(
      Transformer model,
      AdamW optimizer,
      RateSchedule schedule,
      long steps,
      Precision precision,
      int threads,
      Processes processes) {
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.steps = steps;
    this.processes = processes;
    ComputeThreads.use(threads);
    precision.requireHardware(model);
    this.workers = new Workers(model, precision, threads);
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
    double sum = workers.backward(share(data), data.weight());
    if (processes.count() > 1) {
      processes.sum(optimizer.gradients());
    }
    return processes.sum(sum)[0];
  }

  /** The mean loss of batches, in nats a token, without learning from them. */
  public double evaluate(StepData data) {
    return processes.sum(workers.sum(share(data)))[0] / data.weight();
  }

  /** The batches of this process. */
  private List<Batch> share(StepData data) {
    List<Batch> batches = data.batches();
    return IntStream.range(0, batches.size())
        .filter(i -> i % processes.count() == processes.rank())
        .mapToObj(batches::get)
        .toList();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    workers.close();
  }
}
