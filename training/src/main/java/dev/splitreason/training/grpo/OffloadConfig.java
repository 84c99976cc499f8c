package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.optimize.RateSchedule.Shape;
import dev.splitreason.training.rollout.RolloutConfig;
import dev.splitreason.training.run.CheckpointConfig;
import dev.splitreason.training.run.ComputeConfig;
import dev.splitreason.training.run.Gguf;
import dev.splitreason.training.run.LoraConfig;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of {@code splitreason train grpo}.
 *
 * @param seed decides problems and draws
 * @param compute where both models are; threads are those of each
 * @param models the pair
 * @param data what it is asked
 * @param lora whether an adapter of the small model learns instead of its weights
 * @param schedule how much is sampled, and how often it is learned from
 * @param rollouts how answers are sampled
 * @param rewards what they are worth
 * @param loss how they are learned from
 * @param optimizer how weights are updated
 * @param measure when the pair is measured
 * @param checkpoints when the run saves itself
 * @param gguf what it leaves for llama.cpp
 */
public record OffloadConfig(
    long seed,
    ComputeConfig compute,
    Models models,
    Problems data,
    LoraConfig lora,
    GrpoSchedule schedule,
    RolloutConfig rollouts,
    RewardConfig rewards,
    GrpoLoss loss,
    OptimizerConfig optimizer,
    MeasureConfig measure,
    CheckpointConfig checkpoints,
    Gguf gguf) {

  /**
   * The pair.
   *
   * @param small the model that learns: a Hugging Face folder, a GGUF file, or a name of the hub
   * @param adapter a folder with an adapter of it, as {@code lora} asks for, that goes on learning;
   *     null for a new one
   * @param large the model that writes the spans, likewise
   * @param template both models' prompt template
   * @param openTag hands over to the large model, one token
   * @param closeTag hands back, one token
   * @param assumed what a dry run reckons with where a model is not there
   */
  public record Models(
      @Nullable String small,
      @Nullable String adapter,
      @Nullable String large,
      String template,
      String openTag,
      String closeTag,
      Assumed assumed) {

    public Models {
      TagSpelling _ = new TagSpelling(openTag, closeTag);
    }

    TagSpelling tags() {
      return new TagSpelling(openTag, closeTag);
    }
  }

  /**
   * What is not there.
   *
   * @param small the name of a well-known checkpoint of the small model's shape, or null
   * @param large likewise
   * @param promptTokens the length of a prompt
   */
  public record Assumed(@Nullable String small, @Nullable String large, int promptTokens) {}

  /**
   * What the pair is asked.
   *
   * @param problems {@code chain}, or a JSON Lines file with a question and an {@code answer} a
   *     line
   * @param heldOut problems to measure on, a file as {@code problems}; null for other problems of
   *     {@code chain}, and for a share of a file's problems
   * @param heldOutShare how many of a file's problems are kept aside to measure on
   */
  public record Problems(String problems, @Nullable String heldOut, double heldOutShare) {

    public Problems {
      if (!(heldOutShare >= 0 && heldOutShare < 1)) {
        throw new UserMistake(
            "held-out-share must be 0 or more and less than 1, not " + heldOutShare);
      }
    }

    /** What is named, in order. */
    List<String> named() {
      return heldOut == null ? List.of(problems) : List.of(problems, heldOut);
    }

    /** The files among what is named. */
    List<Path> files() {
      return named().stream().map(Benchmarks::fileOf).filter(Objects::nonNull).toList();
    }
  }

  /**
   * What a file need not say: measured on the bundled pair, whose small model has 31 thousand
   * weights. Larger ones want a lower rate (1e-6 for 1.5 billion in arXiv 2504.16379).
   */
  public static final OffloadConfig DEFAULT =
      new OffloadConfig(
          1,
          new ComputeConfig(1, ComputeDevice.AUTO),
          new Models(
              null,
              null,
              null,
              "chain",
              TagSpelling.BIGMODEL.open(),
              TagSpelling.BIGMODEL.close(),
              new Assumed(null, null, 100)),
          new Problems("chain", null, 0.1),
          LoraConfig.NONE,
          GrpoSchedule.DEFAULT,
          RolloutConfig.DEFAULT,
          RewardConfig.DEFAULT,
          GrpoLoss.DEFAULT,
          new OptimizerConfig(2e-4, 0.1, Shape.COSINE, 1, 0.1, 0.9, 0.98, 1e-8, 0, 1),
          new MeasureConfig(25, 200, 160, 3),
          new CheckpointConfig(50, 2),
          Gguf.F32);
}
