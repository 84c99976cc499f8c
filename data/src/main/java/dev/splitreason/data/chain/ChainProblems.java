package dev.splitreason.data.chain;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.chain.ChainStep.Operation;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An endless list of chain problems: problem i is a function of the seed and i alone, so any part
 * of the list can be had without the others.
 *
 * @param seed decides every problem
 * @param rules by which they are drawn
 */
public record ChainProblems(long seed, ChainRules rules) {

  /** Problems as the bundled pair is measured with. */
  public static ChainProblems of(long seed) {
    return new ChainProblems(seed, ChainRules.STANDARD);
  }

  /** Problem {@code index}, counted from 0. */
  public ChainProblem get(long index) {
    var random = new SplittableRandom(CounterRandom.bits(seed, index));
    int start = random.nextInt(100);
    int steps = random.nextInt(rules.fewestSteps(), rules.mostSteps() + 1);
    Stream.Builder<ChainStep> chain = Stream.builder();
    for (int i = 0; i < steps; i++) {
      chain.add(step(random));
    }
    return new ChainProblem(start, chain.build().toList());
  }

  /** The first problems. */
  public Stream<ChainProblem> first(long count) {
    return LongStream.range(0, count).mapToObj(this::get);
  }

  private ChainStep step(SplittableRandom random) {
    if (random.nextDouble() < rules.multiplyProbability()) {
      return new ChainStep(
          Operation.MULTIPLY, random.nextInt(ChainRules.LEAST_FACTOR, rules.greatestFactor() + 1));
    }
    Operation operation = random.nextBoolean() ? Operation.ADD : Operation.SUBTRACT;
    return new ChainStep(operation, random.nextInt(rules.greatestTerm() + 1));
  }
}
