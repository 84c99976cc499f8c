package dev.splitreason.cli.train;

import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.RunEstimate;
import java.util.List;

/**
 * The document of {@code train --dry-run --json}: what a run will need.
 *
 * @param parameters of the model
 * @param memoryBytes on each device
 * @param steps of the optimizer
 * @param tokens that go through the model
 * @param remarks what was assumed
 */
record EstimateDocument(
    long parameters, Memory memoryBytes, long steps, long tokens, List<String> remarks) {

  /** The parts of {@link MemoryEstimate}, behind their sum. */
  record Memory(
      long total,
      long weights,
      long gradients,
      long optimizer,
      long activations,
      long logits,
      long others) {}

  static EstimateDocument of(RunEstimate estimate) {
    MemoryEstimate memory = estimate.memory();
    return new EstimateDocument(
        estimate.parameters(),
        new Memory(
            memory.total(),
            memory.weights(),
            memory.gradients(),
            memory.optimizer(),
            memory.activations(),
            memory.logits(),
            memory.others()),
        estimate.steps(),
        estimate.tokens(),
        estimate.remarks());
  }
}
