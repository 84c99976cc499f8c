package dev.splitreason.training.sft;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.example.LossWeights;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.run.CheckpointConfig;
import dev.splitreason.training.run.ComputeConfig;
import dev.splitreason.training.run.Gguf;
import dev.splitreason.training.run.LoraConfig;
import dev.splitreason.training.run.MeasureConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of {@code splitreason train sft}.
 *
 * @param seed decides the order of the data
 * @param compute where the model is
 * @param start what it begins with
 * @param lora whether an adapter learns instead of the weights
 * @param data what it learns
 * @param loss what of a response counts how much
 * @param schedule how much it learns
 * @param precision of the passes through the model
 * @param recompute whether the backward pass computes each layer once more instead of keeping what
 *     it needs: slower, in a fraction of the memory
 * @param optimizer how
 * @param measure when it is measured
 * @param checkpoints when it is saved
 * @param gguf what it leaves for llama.cpp
 */
public record SftConfig(
    long seed,
    ComputeConfig compute,
    Start start,
    LoraConfig lora,
    TraceData data,
    LossWeights loss,
    Schedule schedule,
    Precision precision,
    boolean recompute,
    OptimizerConfig optimizer,
    MeasureConfig measure,
    CheckpointConfig checkpoints,
    Gguf gguf) {

  /** What a file need not say. */
  public static final SftConfig DEFAULT =
      new SftConfig(
          1,
          ComputeConfig.DEFAULT,
          new Start(null, List.of()),
          LoraConfig.NONE,
          TraceData.DEFAULT,
          LossWeights.EVEN,
          new Schedule(3, 0, 64, 32),
          Precision.F32,
          false,
          OptimizerConfig.DEFAULT,
          MeasureConfig.DEFAULT,
          CheckpointConfig.DEFAULT,
          Gguf.F32);

  /**
   * What a run begins with.
   *
   * @param model a checkpoint: a folder in Hugging Face's layout, a GGUF file, or a name of the hub
   *     ({@code hf:OWNER/NAME})
   * @param addedTokens spellings that become single control tokens, such as those of the tags; what
   *     is none is plain text. With an adapter their rows learn, and no other token's
   */
  public record Start(@Nullable String model, List<String> addedTokens) {

    public Start {
      addedTokens = List.copyOf(addedTokens);
      if (addedTokens.stream().anyMatch(String::isBlank)) {
        throw new UserMistake("added-tokens are spellings, none of which is empty");
      }
    }
  }

  /**
   * How much is learned.
   *
   * @param epochs how often all data is seen
   * @param steps of the optimizer at most; 0 for as many as the epochs have
   * @param batch rows a step: examples, or with packing rows of several
   * @param microBatch rows that go through the model together
   */
  public record Schedule(int epochs, int steps, int batch, int microBatch) {

    public Schedule {
      requireAtLeast("epochs", epochs, 1);
      requireAtLeast("steps", steps, 0);
      requireAtLeast("batch", batch, 1);
      requireAtLeast("micro-batch", microBatch, 1);
    }

    private static void requireAtLeast(String name, int number, int least) {
      if (number < least) {
        throw new UserMistake(name + " must be " + least + " or more, not " + number);
      }
    }
  }
}
