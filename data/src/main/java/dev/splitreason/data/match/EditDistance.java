package dev.splitreason.data.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The edit distance of one pattern to stretches of a text, 64 rows of the dynamic programme at a
 * time: Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
 * programming", JACM 46 (1999), in the block form of Hyyrö (2003). Exact, in n ⌈m/64⌉ steps for a
 * pattern of m and a text of n units, whatever they hold.
 */
final class EditDistance {

  private static final int DIRECT = 128;
  private static final int WORD = 64;

  private final int length;
  private final int blocks;
  private final Map<Character, Integer> others = new HashMap<>();

  /** Bit i of row s, block b: whether unit 64 b + i of the pattern is symbol s. */
  private final long[] equal;

  /** Of a non-empty pattern: {@code length} units from {@code from}, in {@code step} 1 or -1. */
  private EditDistance(char[] units, int from, int length, int step) {
    this.length = length;
    blocks = (length + WORD - 1) / WORD;
    for (int i = 0; i < length; i++) {
      char unit = units[from + i * step];
      if (unit >= DIRECT) {
        others.putIfAbsent(unit, DIRECT + 1 + others.size());
      }
    }
    // One row more than there are symbols: what the pattern does not hold equals nothing.
    equal = new long[(DIRECT + 1 + others.size()) * blocks];
    for (int i = 0; i < length; i++) {
      int row = row(units[from + i * step]);
      equal[row * blocks + i / WORD] |= 1L << (i % WORD);
    }
  }

  /** Of a pattern read from left to right. */
  static EditDistance forward(NormalizedText pattern) {
    return new EditDistance(pattern.units(), 0, pattern.length(), 1);
  }

  /** Of a pattern read from right to left. */
  static EditDistance backward(NormalizedText pattern) {
    return new EditDistance(pattern.units(), pattern.length() - 1, pattern.length(), -1);
  }

  /**
   * The least distance of the pattern to any stretch that ends at each place: shape [to - from +
   * 1], entry j for stretches that end behind unit {@code from + j - 1}.
   */
  int[] endingAt(NormalizedText text, int from, int to) {
    return distances(text.units(), from, 1, to - from, 0);
  }

  /**
   * The distance of a backward pattern to each stretch that ends at {@code end}: shape [reach + 1],
   * entry j for the stretch of j units.
   */
  int[] reachingBack(NormalizedText text, int end, int reach) {
    return distances(text.units(), end - 1, -1, reach, 1);
  }

  /**
   * One column for each unit of the text.
   *
   * @param rise how much the top row grows with each column: 0 if a match may begin anywhere, 1 if
   *     it begins with the text
   */
  private int[] distances(char[] text, int from, int step, int columns, int rise) {
    long[] plus = new long[blocks];
    long[] minus = new long[blocks];
    Arrays.fill(plus, -1L);
    long bottom = 1L << ((length - 1) % WORD);
    int distance = length;
    int[] result = new int[columns + 1];
    result[0] = distance;
    for (int column = 0; column < columns; column++) {
      int offset = row(text[from + column * step]) * blocks;
      int carry = rise;
      for (int block = 0; block < blocks; block++) {
        long pv = plus[block];
        long mv = minus[block];
        long eq = equal[offset + block];
        long xv = eq | mv;
        if (carry < 0) {
          eq |= 1;
        }
        long xh = (((eq & pv) + pv) ^ pv) | eq;
        long ph = mv | ~(xh | pv);
        long mh = pv & xh;
        long last = block == blocks - 1 ? bottom : Long.MIN_VALUE;
        int carryOut = (ph & last) != 0 ? 1 : (mh & last) != 0 ? -1 : 0;
        ph <<= 1;
        mh <<= 1;
        if (carry < 0) {
          mh |= 1;
        } else if (carry > 0) {
          ph |= 1;
        }
        plus[block] = mh | ~(xv | ph);
        minus[block] = ph & xv;
        carry = carryOut;
      }
      distance += carry;
      result[column + 1] = distance;
    }
    return result;
  }

  private int row(char unit) {
    if (unit < DIRECT) {
      return unit;
    }
    Integer row = others.get(unit);
    return row == null ? DIRECT : row;
  }
}
