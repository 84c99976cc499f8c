package dev.splitreason.training.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one length that go through a model together, and what they shall predict.
 *
 * @param rows how many
 * @param length of each, in tokens
 * @param tokens ids, row after row; padding is 0. Not to be modified
 * @param packed the lengths of the examples in each row, or null if each row is one example
 * @param from the places in {@code tokens} whose next token is learned. Not to be modified
 * @param targets those next tokens. Not to be modified
 * @param weights what each counts. Not to be modified
 * @param size tokens without padding
 */
public record Batch(
    int rows,
    int length,
    long[] tokens,
    @Nullable List<int[]> packed,
    long[] from,
    long[] targets,
    float[] weights,
    int size) {

  /** Examples of any lengths, one a row, as long as the longest. */
  public static Batch padded(List<Example> examples) {
    int length = examples.stream().mapToInt(Example::length).max().orElseThrow();
    return new Filler(examples.size(), length, examples)
        .fill(examples.stream().map(List::of).toList(), false);
  }

  /**
   * Rows of several examples each.
   *
   * @param length of each row, in tokens
   */
  public static Batch packed(List<List<Example>> rows, int length) {
    List<Example> examples = rows.stream().flatMap(List::stream).toList();
    return new Filler(rows.size(), length, examples).fill(rows, true);
  }

  /** The sum of the weights. */
  public double weight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static final class Filler {
    private final int rows;
    private final int length;
    private final long[] tokens;
    private final long[] from;
    private final long[] targets;
    private final float[] weights;
    private int learned;
    private int size;

    Filler(int rows, int length, List<Example> examples) {
      this.rows = rows;
      this.length = length;
      this.tokens = new long[Math.multiplyExact(rows, length)];
      int count = 0;
      for (Example example : examples) {
        for (float weight : example.weights()) {
          count += weight == 0 ? 0 : 1;
        }
      }
      this.from = new long[count];
      this.targets = new long[count];
      this.weights = new float[count];
    }

    Batch fill(List<List<Example>> content, boolean packed) {
      for (int row = 0; row < rows; row++) {
        int at = row * length;
        for (Example example : content.get(row)) {
          add(example, at);
          at += example.length();
        }
      }
      List<int[]> lengths =
          content.stream().map(row -> row.stream().mapToInt(Example::length).toArray()).toList();
      return new Batch(rows, length, tokens, packed ? lengths : null, from, targets, weights, size);
    }

    private void add(Example example, int start) {
      for (int i = 0; i < example.length(); i++) {
        tokens[start + i] = example.tokens()[i];
        float weight = example.weights()[i];
        if (weight != 0) {
          from[learned] = start + i - 1L;
          targets[learned] = example.tokens()[i];
          weights[learned] = weight;
          learned++;
        }
      }
      size += example.length();
    }
  }
}
