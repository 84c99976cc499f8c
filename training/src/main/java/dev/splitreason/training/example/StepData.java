package dev.splitreason.training.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The data of one optimizer step, in batches whose gradients are added up.
 *
 * @param batches at least one
 */
public record StepData(List<Batch> batches) {

  public StepData {
    batches = List.copyOf(batches);
  }

  /** Where the data of each step comes from. */
  @FunctionalInterface
  public interface Source {

    /**
     * The data of a step: a function of its number alone, so that a run can go on from anywhere.
     *
     * @param step counted from 0
     */
    StepData at(long step);
  }

  /**
   * Examples in batches of those that are about equally long.
   *
   * @param batchSize examples a batch, at most
   */
  public static StepData padded(List<Example> examples, int batchSize) {
    List<Example> byLength =
        examples.stream().sorted(Comparator.comparingInt(Example::length)).toList();
    List<Batch> batches = new ArrayList<>();
    for (int start = 0; start < byLength.size(); start += batchSize) {
      int end = Math.min(start + batchSize, byLength.size());
      batches.add(Batch.padded(byLength.subList(start, end)));
    }
    return new StepData(batches);
  }

  /** The sum of all weights: what the loss is divided by. */
  public double weight() {
    return batches.stream().mapToDouble(Batch::weight).sum();
  }

  /** Tokens without padding. */
  public long size() {
    return batches.stream().mapToLong(Batch::size).sum();
  }
}
