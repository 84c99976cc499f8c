package dev.splitreason.core.batch;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.sampling.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One layer of attention with random weights, and a KV cache whose cells all sequences share: a
 * cell that should have been dropped changes every logit after it. It refuses what the loop must
 * not do, and remembers its batches.
 */
final class TinyTransformer implements Evaluator {

  private static final int WIDTH = 8;

  /** One token's key and value. */
  private record Cell(int position, double[] key, double[] value) {}

  /** The batches that were computed. */
  final List<List<Run>> batches = new CopyOnWriteArrayList<>();

  /** Called before a batch is computed: may wait or throw. */
  volatile Consumer<List<Run>> trouble = batch -> {};

  volatile boolean closed;
  private final int tokens;
  private final int cells;
  private final BatchLimits limits;
  private final List<List<Cell>> cache;
  private final double[][][] states;

  /**
   * A transformer.
   *
   * @param tokens the size of the vocabulary; there are logits for some more, which never come
   * @param cells how many tokens the cache holds
   */
  TinyTransformer(int tokens, int sequences, int cells, BatchLimits limits) {
    this.tokens = tokens;
    this.cells = cells;
    this.limits = limits;
    this.cache =
        IntStream.range(0, sequences).<List<Cell>>mapToObj(i -> new ArrayList<>()).toList();
    this.states = new double[sequences][][];
  }

  /** How many tokens were evaluated, those evaluated again included. */
  int evaluated() {
    return batches.stream().flatMap(List::stream).mapToInt(run -> run.tokens().length).sum();
  }

  @Override
  public int vocabularySize() {
    return tokens + 6;
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public void evaluate(List<Run> batch) {
    check(batch);
    trouble.accept(batch);
    for (Run run : batch) {
      double[][] after = new double[run.to()][];
      for (int position = run.from(); position < run.to(); position++) {
        double[] state = evaluate(run.sequence(), position, run.tokens()[position - run.from()]);
        if (position >= run.logitsFrom()) {
          after[position] = state;
        }
      }
      states[run.sequence()] = after;
    }
    batches.add(batch);
  }

  private void check(List<Run> batch) {
    Set<Integer> seen = new HashSet<>();
    int size = batch.stream().mapToInt(run -> run.tokens().length).sum();
    int outputs = batch.stream().mapToInt(run -> run.to() - run.logitsFrom()).sum();
    for (Run run : batch) {
      boolean goesOn = cache.get(run.sequence()).size() == run.from() && run.tokens().length > 0;
      if (!goesOn || !seen.add(run.sequence())) {
        throw new IllegalStateException("does not go on where the sequence ends: " + run);
      }
    }
    if (batch.isEmpty() || size > limits.tokens() || outputs > limits.outputs()) {
      throw new IllegalStateException("not within the limits: " + batch);
    }
  }

  private double[] evaluate(int sequence, int position, int token) {
    if (cache.stream().flatMap(List::stream).distinct().count() == cells) {
      throw new ModelException(Kind.OUT_OF_CAPACITY, "the cells are used up");
    }
    double[] state = weights(token, 0);
    double[] place = weights(1000 + position, 0);
    for (int i = 0; i < WIDTH; i++) {
      state[i] += place[i] / 2;
    }
    List<Cell> texts = cache.get(sequence);
    texts.add(new Cell(position, times(1, state), times(2, state)));
    double[] query = times(3, state);
    double[] shares =
        texts.stream().mapToDouble(cell -> Math.exp(dot(query, cell.key()))).toArray();
    double sum = Arrays.stream(shares).sum();
    for (int c = 0; c < shares.length; c++) {
      for (int i = 0; i < WIDTH; i++) {
        state[i] += 2 * shares[c] / sum * texts.get(c).value()[i];
      }
    }
    return state;
  }

  private static double[] times(int matrix, double[] state) {
    return IntStream.range(0, WIDTH).mapToDouble(i -> dot(weights(i, matrix), state)).toArray();
  }

  private static double dot(double[] one, double[] other) {
    return IntStream.range(0, WIDTH).mapToDouble(i -> one[i] * other[i]).sum();
  }

  /** A row of random weights in -1 … 1. */
  private static double[] weights(int row, int matrix) {
    return IntStream.range(0, WIDTH)
        .mapToDouble(i -> 2 * CounterRandom.uniform(matrix, row * WIDTH + i) - 1)
        .toArray();
  }

  @Override
  public void logits(int sequence, int position, float[] row) {
    double[] state = states[sequence][position];
    Arrays.fill(row, Float.NEGATIVE_INFINITY);
    for (int id = 0; id < tokens; id++) {
      row[id] = (float) dot(weights(id, 4), state);
    }
  }

  @Override
  public void truncate(int sequence, int length) {
    List<Cell> texts = cache.get(sequence);
    texts.subList(Math.min(length, texts.size()), texts.size()).clear();
  }

  @Override
  public void copy(int from, int to, int length) {
    if (!cache.get(to).isEmpty()) {
      throw new IllegalStateException("sequence " + to + " is not empty");
    }
    cache.get(to).addAll(cache.get(from).subList(0, length));
  }

  @Override
  public void close() {
    closed = true;
  }
}
