package dev.splitreason.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExampleBuilder;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.optimize.RateSchedule.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static final OptimizerConfig CONFIG =
      new OptimizerConfig(1e-2, 0, Shape.CONSTANT, 0, 1, 0.9, 0.98, 1e-8, 0.01, 1);

  @Test
  void theLossFallsOnDataThatRepeats() {
    List<Double> losses = train(examples(8), 8, 60, 1);

    assertThat(losses.getLast()).isLessThan(0.3 * losses.getFirst());
  }

  @Test
  void gradientsOfSmallBatchesAddUpToThatOfALargeOne() {
    List<Example> examples = examples(8);

    List<Double> whole = train(examples, 8, 5, 1);
    List<Double> accumulated = train(examples, 3, 5, 1);

    for (int step = 0; step < whole.size(); step++) {
      assertThat(accumulated.get(step)).isCloseTo(whole.get(step), within(1e-4));
    }
  }

  @Test
  void severalThreadsLearnTheSame() {
    List<Example> examples = examples(8);

    List<Double> together = train(examples, 3, 5, 2);

    assertThat(together).isEqualTo(train(examples, 3, 5, 2));
    List<Double> alone = train(examples, 3, 5, 1);
    for (int step = 0; step < alone.size(); step++) {
      assertThat(together.get(step)).isCloseTo(alone.get(step), within(1e-4));
    }
  }

  @Test
  void nativeMemoryDoesNotGrow() {
    List<Example> examples = examples(8);
    try (Transformer model = TinyModel.create();
        AdamW optimizer = new AdamW(model.parameters(), CONFIG);
        Trainer trainer = trainer(model, optimizer, 1200, 1)) {
      StepData data = StepData.padded(examples, 8);
      steps(trainer, data, 200);
      long before = Pointer.physicalBytes();
      steps(trainer, data, 1000);

      assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
    }
  }

  private static void steps(Trainer trainer, StepData data, int count) {
    for (int step = 0; step < count; step++) {
      trainer.step(data);
    }
  }

  private static List<Double> train(List<Example> examples, int batch, int steps, int threads) {
    List<Double> losses = new ArrayList<>();
    try (Transformer model = TinyModel.create();
        AdamW optimizer = new AdamW(model.parameters(), CONFIG);
        Trainer trainer = trainer(model, optimizer, steps, threads)) {
      for (int step = 0; step < steps; step++) {
        losses.add(trainer.step(StepData.padded(examples, batch)).loss());
      }
    }
    return losses;
  }

  private static Trainer trainer(Transformer model, AdamW optimizer, int steps, int threads) {
    return new Trainer(
        model, optimizer, CONFIG.toSchedule(), steps, Precision.F32, threads, Processes.alone());
  }

  private static List<Example> examples(int count) {
    Random random = new Random(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] tokens = random.ints(4 + i, 0, TinyModel.VOCABULARY).toArray();
      examples.add(new ExampleBuilder().add(tokens, 1).build());
    }
    return examples;
  }
}
