package dev.splitreason.training.sft;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.training.example.Batch;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExamplePacking;
import dev.splitreason.training.example.StepData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The same rows again and again, each epoch in another order, which is a function of the seed and
 * the epoch alone. The last step of an epoch takes what is left of it.
 */
final class Epochs implements StepData.Source {

  private final SftConfig config;
  private final List<List<Example>> rows;
  private long shuffled = -1;
  private List<List<Example>> order = List.of();

  Epochs(SftConfig config, List<Example> examples) {
    this.config = config;
    this.rows =
        config.data().packing()
            ? ExamplePacking.rows(examples, config.data().maxLength())
            : examples.stream().map(List::of).toList();
  }

  /** Steps of the whole run. */
  long steps() {
    long all = config.schedule().epochs() * perEpoch();
    return config.schedule().steps() == 0 ? all : Math.min(all, config.schedule().steps());
  }

  /** Tokens of the whole run, without padding. */
  long tokens() {
    long all = rows.stream().flatMap(List::stream).mapToLong(Example::length).sum();
    return Math.round((double) all * steps() / perEpoch());
  }

  private long perEpoch() {
    return Math.ceilDiv(rows.size(), config.schedule().batch());
  }

  @Override
  public StepData at(long step) {
    shuffle(step / perEpoch());
    int start = Math.toIntExact(step % perEpoch()) * config.schedule().batch();
    return data(order.subList(start, Math.min(start + config.schedule().batch(), order.size())));
  }

  /** Rows as data for a step, or to measure on. */
  StepData data(List<List<Example>> chosen) {
    if (!config.data().packing()) {
      return StepData.padded(
          chosen.stream().map(List::getFirst).toList(), config.schedule().microBatch());
    }
    List<Batch> batches = new ArrayList<>();
    for (int start = 0; start < chosen.size(); start += config.schedule().microBatch()) {
      int end = Math.min(start + config.schedule().microBatch(), chosen.size());
      batches.add(Batch.packed(chosen.subList(start, end), config.data().maxLength()));
    }
    return new StepData(batches);
  }

  private void shuffle(long epoch) {
    if (shuffled != epoch) {
      order = new ArrayList<>(rows);
      Collections.shuffle(order, new Random(CounterRandom.bits(config.seed(), epoch)));
      shuffled = epoch;
    }
  }
}
