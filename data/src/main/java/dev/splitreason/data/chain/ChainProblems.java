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
 * @param multiplyProbability how likely a step is a multiplication, 0 … 1; adding and subtracting
 *     share the rest equally
 * @param greatestFactor multiplications are by 11 … this, at most 99: fewer products are learned in
 *     less time
 */
public record ChainProblems(long seed, double multiplyProbability, int greatestFactor) {

  /** The share of multiplications that the bundled pair is measured at. */
  public static final double MULTIPLY_PROBABILITY = 0.3;

  /** The greatest number that the bundled pair is measured with multiplying by. */
  public static final int GREATEST_FACTOR = 99;

  private static final int LEAST_FACTOR = 11;
  private static final int FEWEST_STEPS = 4;
  private static final int MOST_STEPS = 8;

  public ChainProblems {
    if (!(multiplyProbability >= 0 && multiplyProbability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of a multiplication must be in 0 … 1, not " + multiplyProbability);
    }
    if (greatestFactor < LEAST_FACTOR || greatestFactor > GREATEST_FACTOR) {
      throw new IllegalArgumentException(
          "the greatest factor must be in %d … %d, not %d"
              .formatted(LEAST_FACTOR, GREATEST_FACTOR, greatestFactor));
    }
  }

  /** Problems as the bundled pair is measured with. */
  public static ChainProblems of(long seed) {
    return new ChainProblems(seed, MULTIPLY_PROBABILITY, GREATEST_FACTOR);
  }

  /** Problem {@code index}, counted from 0: 4 to 8 steps, each length as likely. */
  public ChainProblem get(long index) {
    var random = new SplittableRandom(CounterRandom.bits(seed, index));
    int start = random.nextInt(100);
    int steps = random.nextInt(FEWEST_STEPS, MOST_STEPS + 1);
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
    if (random.nextDouble() < multiplyProbability) {
      return new ChainStep(Operation.MULTIPLY, random.nextInt(LEAST_FACTOR, greatestFactor + 1));
    }
    Operation operation = random.nextBoolean() ? Operation.ADD : Operation.SUBTRACT;
    return new ChainStep(operation, random.nextInt(100));
  }
}
