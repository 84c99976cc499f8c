package dev.splitreason.cli.adapt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.training.loop.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, once everything is decided.
 *
 * @param pair the two models as they are
 * @param small file of the small model's weights
 * @param large file of the large model's weights
 * @param template both models' prompt template, {@code embedded} for their own
 * @param tags how hand-overs are spelled
 * @param tagsAreTokens whether each is one token, which GRPO needs
 * @param problems as {@code --benchmark} takes them
 * @param traces a file of traces to learn from, or null to have the large model write them
 * @param share of the text that the large model is to write, 0 … 1
 * @param sizes how much of everything
 * @param machine what it runs on
 * @param seed decides the split, the order and every draw
 */
record AdaptPlan(
    PairSettings pair,
    Path small,
    Path large,
    String template,
    TagSpelling tags,
    boolean tagsAreTokens,
    String problems,
    @Nullable String traces,
    double share,
    Sizes sizes,
    Machine machine,
    long seed) {

  /**
   * How much of everything.
   *
   * @param limit the most problems that are read, 0 for all
   * @param heldOut problems that are only measured on
   * @param calibrated problems of those that are learned from, on which dials are set
   * @param maxTokens the longest answer
   * @param rank of the adapter
   * @param epochs of SFT, or null for as many as suit the model
   * @param grpoSteps steps of GRPO, 0 for none
   * @param prompts problems of a step of GRPO
   * @param group answers to each
   */
  record Sizes(
      int limit,
      int heldOut,
      int calibrated,
      int maxTokens,
      int rank,
      @Nullable Integer epochs,
      int grpoSteps,
      int prompts,
      int group) {

    Sizes {
      if (limit < 0 || grpoSteps < 0) {
        throw new UserMistake("limit and GRPO steps are 0 or more");
      }
      if (heldOut < 1 || calibrated < 1 || maxTokens < 1 || rank < 1) {
        throw new UserMistake(
            "held-out problems, those to calibrate on, tokens and the rank are 1 or more");
      }
      if (epochs != null && epochs < 1) {
        throw UserMistake.ofOption("--epochs", "must be 1 or more, not " + epochs);
      }
    }
  }

  /**
   * What it runs on.
   *
   * @param cores CPU threads
   * @param inFlight answers at once
   * @param precision of SFT
   */
  record Machine(int cores, int inFlight, Precision precision) {}

  AdaptPlan {
    if (!(share > 0 && share < 1)) {
      throw UserMistake.ofOption("--share", "must be above 0 and below 1, not " + share);
    }
  }

  /** Whether GRPO follows SFT. */
  boolean learnsByReward() {
    return sizes.grpoSteps() > 0 && tagsAreTokens;
  }

  /** The file that the problems are read from, or null for generated ones. */
  @Nullable Path problemFile() {
    return Benchmarks.fileOf(problems);
  }

  /** The pair with an adapter beside the small model, which stays the base of other policies. */
  PairSettings adapted(String training, Path adapter) {
    String name = pair.small().name() + " after " + training;
    return new PairSettings(
        name + " + " + pair.large().name(),
        pair.small().named(name).withAdapter(new ModelLocation.GgufFile(adapter)),
        pair.large(),
        pair.small(),
        pair.smallTemplate(),
        pair.largeTemplate(),
        pair.spans());
  }
}
