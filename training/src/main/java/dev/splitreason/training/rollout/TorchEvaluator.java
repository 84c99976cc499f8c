package dev.splitreason.training.rollout;

import dev.splitreason.core.batch.BatchLimits;
import dev.splitreason.core.batch.Evaluator;
import dev.splitreason.core.batch.Run;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.training.model.KeyValueCache;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Computes batches with weights in training: as forward passes whose rows are padded to the longest
 * one, on a cache with a row for each sequence.
 */
final class TorchEvaluator implements Evaluator {

  /** The most new tokens of a pass, padding included: bounds its memory. */
  private static final int PASS_TOKENS = 8192;

  /** Padding of a pass that costs less than a pass of its own would. */
  private static final int CHEAP_PADDING = 512;

  /** Nobody waits for a rollout's next token, so that decodes leave prefills all the room. */
  private static final BatchLimits LIMITS = new BatchLimits(PASS_TOKENS, PASS_TOKENS, PASS_TOKENS);

  private final String name;
  private final Transformer weights;
  private final KeyValueCache cache;

  /** What a batch asked for, by sequence. */
  private final @Nullable Wanted[] wanted;

  private volatile TorchModel.BatchCount batches = new TorchModel.BatchCount(0, 0, 0);

  /** Logits after the tokens from a position on, shape [tokens x vocabulary]. */
  private record Wanted(int from, float[] logits) {}

  TorchEvaluator(String name, Transformer weights, int rows) {
    this.name = name;
    this.weights = weights;
    this.cache = weights.newCache(rows);
    this.wanted = new Wanted[rows];
  }

  /** What was computed so far; may be asked by any thread. */
  TorchModel.BatchCount batches() {
    return batches;
  }

  @Override
  public int vocabularySize() {
    return weights.shape().vocabulary();
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  /**
   * In as few passes as cost little padding: in order of their number of tokens, each pass takes in
   * the next run unless that would fill it up with padding.
   */
  @Override
  public void evaluate(List<Run> batch) {
    Arrays.fill(wanted, null);
    List<Run> runs =
        batch.stream().sorted(Comparator.comparingInt(TorchEvaluator::width).reversed()).toList();
    int from = 0;
    while (from < runs.size()) {
      int width = width(runs.get(from));
      int to = from;
      int padding = 0;
      while (to < runs.size() && (to + 1 - from) * width <= PASS_TOKENS) {
        padding += width - width(runs.get(to));
        if (padding > CHEAP_PADDING) {
          break;
        }
        to++;
      }
      compute(runs.subList(from, to));
      from = to;
    }
  }

  private static int width(Run run) {
    return run.tokens().length;
  }

  /** One pass; rows in rising order cost the cache least. */
  private void compute(List<Run> runs) {
    List<Run> pass = runs.stream().sorted(Comparator.comparingInt(Run::sequence)).toList();
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.off()) {
      int[] rows = pass.stream().mapToInt(Run::sequence).toArray();
      Tensor hidden =
          weights.forward(cache, rows, pass.stream().map(Run::tokens).toArray(int[][]::new));
      count(pass);
      keepLogits(pass, hidden);
    } catch (RuntimeException e) {
      throw new ModelException(Kind.UNAVAILABLE, name + " failed to compute: " + e.getMessage(), e);
    }
  }

  private void keepLogits(List<Run> pass, Tensor hidden) {
    long[] places = places(pass, hidden.size(1));
    if (places.length == 0) {
      return;
    }
    Tensor where = PlacedNumbers.of(places, hidden);
    Tensor chosen = hidden.reshape(-1, hidden.size(2)).index_select(0, where);
    Tensor logits = weights.logits(chosen).cpu().to(ScalarType.Float).contiguous();
    FloatPointer values = logits.data_ptr_float();
    long at = 0;
    for (Run run : pass) {
      int rows = run.to() - run.logitsFrom();
      float[] ofRun = new float[Math.toIntExact(rows * logits.size(1))];
      values.position(at).get(ofRun);
      at += ofRun.length;
      wanted[run.sequence()] = new Wanted(run.logitsFrom(), ofRun);
    }
  }

  /** Where in [runs x width] the tokens are whose logits are wanted. */
  private static long[] places(List<Run> pass, long width) {
    return IntStream.range(0, pass.size())
        .boxed()
        .flatMapToLong(
            i -> {
              Run run = pass.get(i);
              long origin = i * width - run.from();
              return LongStream.range(origin + run.logitsFrom(), origin + run.to());
            })
        .toArray();
  }

  private void count(List<Run> pass) {
    TorchModel.BatchCount before = batches;
    int tokens = pass.stream().mapToInt(TorchEvaluator::width).sum();
    batches =
        new TorchModel.BatchCount(
            before.passes() + 1, before.rows() + pass.size(), before.tokens() + tokens);
  }

  @Override
  public void logits(int sequence, int position, float[] row) {
    Wanted kept = Objects.requireNonNull(wanted[sequence], "logits that the batch asked for");
    System.arraycopy(kept.logits(), (position - kept.from()) * row.length, row, 0, row.length);
  }

  @Override
  public void truncate(int sequence, int length) {
    cache.truncate(sequence, length);
  }

  @Override
  public void copy(int from, int to, int length) {
    cache.copy(from, to);
    cache.truncate(to, length);
  }

  @Override
  public void close() {
    cache.close();
  }
}
