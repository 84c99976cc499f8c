package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.data.problem.ProblemColumns;
import dev.splitreason.training.measure.ChainMeasurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The problems of a run.
 *
 * @param steps those of every step, counted from 0: a function of the seed and the step
 * @param heldOut those to measure on, none of which is in any step
 */
record ProblemList(LongFunction<List<Problem>> steps, List<Problem> heldOut) {

  private static final String CHAIN = "chain";

  /** Keeps these problems apart from those that are held out, which have other seeds. */
  private static final long STREAM = 0x6f66_666c_6f61_64L;

  /** Decides which of a file's problems are held out. */
  private static final long HELD_OUT = -1;

  ProblemList {
    heldOut = List.copyOf(heldOut);
  }

  /**
   * The problems that a configuration names.
   *
   * @throws UserMistake if a file has too few
   * @throws IOException if a file cannot be read
   */
  static ProblemList of(OffloadConfig config) throws IOException {
    int asked = config.measure().problems();
    if (config.data().problems().equals(CHAIN)) {
      List<Problem> heldOut =
          config.data().heldOut() == null
              ? ChainMeasurement.problems(asked)
              : first(asked, load(config.data().heldOut(), config.seed()));
      ChainProblems chain = ChainProblems.of(CounterRandom.bits(config.seed(), STREAM));
      int each = config.schedule().prompts();
      return new ProblemList(step -> ChainMeasurement.problems(chain, step * each, each), heldOut);
    }
    List<Problem> all = load(config.data().problems(), config.seed());
    if (config.data().heldOut() != null) {
      return new ProblemList(
          steps(all, config), first(asked, load(config.data().heldOut(), config.seed())));
    }
    int kept = (int) Math.ceil(config.data().heldOutShare() * all.size());
    if (kept >= all.size()) {
      throw new UserMistake(
          "'%s' has %d problems, of which %d are held out: nothing to learn from"
              .formatted(config.data().problems(), all.size(), kept));
    }
    List<Problem> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(CounterRandom.bits(config.seed(), HELD_OUT)));
    List<Problem> learned = shuffled.subList(kept, shuffled.size());
    return new ProblemList(steps(learned, config), first(asked, shuffled.subList(0, kept)));
  }

  private static List<Problem> load(String file, long seed) throws IOException {
    return Benchmarks.load(file, ProblemColumns.USUAL, seed, 0).problems();
  }

  private static List<Problem> first(int count, List<Problem> problems) {
    return problems.subList(0, Math.min(count, problems.size()));
  }

  private static LongFunction<List<Problem>> steps(List<Problem> all, OffloadConfig config) {
    int each = config.schedule().prompts();
    return step ->
        LongStream.range(step * each, (step + 1) * each)
            .mapToObj(index -> all.get(shuffled(index, all.size(), config.seed())))
            .toList();
  }

  /** Every problem once before any comes again. */
  private static int shuffled(long index, int count, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(CounterRandom.bits(seed, index / count)));
    return order.get((int) (index % count));
  }
}
