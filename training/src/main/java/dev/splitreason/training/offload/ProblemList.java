package dev.splitreason.training.offload;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.evaluation.benchmark.Benchmarks;
import dev.splitreason.evaluation.benchmark.Problem;
import dev.splitreason.evaluation.benchmark.ProblemColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The problems of every step, a function of the seed and the step. */
final class ProblemList {

  private static final String CHAIN = "chain";

  /** Keeps these problems apart from those that are held out, which have other seeds. */
  private static final long STREAM = 0x6f66_666c_6f61_64L;

  private ProblemList() {}

  /**
   * The problems by step, counted from 0.
   *
   * @param name {@code chain}, or a file of problems, which is gone through in random order
   */
  static LongFunction<List<Problem>> of(String name, int each, long seed) throws IOException {
    if (name.equals(CHAIN)) {
      ChainProblems chain = ChainProblems.of(CounterRandom.bits(seed, STREAM));
      return step ->
          LongStream.range(step * each, (step + 1) * each)
              .mapToObj(index -> problem(index, chain.get(index)))
              .toList();
    }
    List<Problem> all = Benchmarks.load(name, ProblemColumns.USUAL, seed, 0).problems();
    return step ->
        LongStream.range(step * each, (step + 1) * each)
            .mapToObj(index -> all.get(shuffled(index, all.size(), seed)))
            .toList();
  }

  /** Every problem once before any comes again. */
  private static int shuffled(long index, int count, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(CounterRandom.bits(seed, index / count)));
    return order.get((int) (index % count));
  }

  private static Problem problem(long index, ChainProblem problem) {
    return new Problem("chain-" + index, problem.question(), problem.answer(), null);
  }
}
