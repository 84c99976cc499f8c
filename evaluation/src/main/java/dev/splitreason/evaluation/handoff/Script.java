package dev.splitreason.evaluation.handoff;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An answer that is known beforehand: who writes which token.
 *
 * @param small as the small model reads it, tags included
 * @param large as the large model reads it, without tags
 * @param spans first place in {@code small} of each span's text, and the place of its close tag
 */
public record Script(int[] small, int[] large, int[][] spans) {

  /**
   * An answer of random tokens with spans at random places.
   *
   * @param tokens of both models, without tags
   * @param share of them that is the large model's
   * @param shortest span
   * @param longest span
   * @param texts ids of tokens that are text
   */
  public static Script random(
      int tokens,
      double share,
      int shortest,
      int longest,
      int[] texts,
      int open,
      int close,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] large = random.ints(tokens, 0, texts.length).map(index -> texts[index]).toArray();
    IntStream.Builder small = IntStream.builder();
    int[][] spans = new int[tokens][];
    int count = 0;
    int place = 0;
    int offloaded = 0;
    int next = 0;
    for (int i = 0; i < tokens; ) {
      int length = Math.min(random.nextInt(shortest, longest + 1), tokens - i - 1);
      // As late as the share so far asks for, so that spans lie all over the answer.
      boolean due = i > 0 && offloaded + length <= share * tokens && i >= next && length > 0;
      if (!due) {
        small.add(large[i++]);
        place++;
        continue;
      }
      small.add(open);
      place++;
      int from = place;
      for (int token = 0; token < length; token++) {
        small.add(large[i++]);
      }
      place += length;
      spans[count++] = new int[] {from, place};
      small.add(close);
      place++;
      offloaded += length;
      int gap = (int) (length * (1 - share) / share);
      next = i + Math.max(1, random.nextInt(gap / 2, gap + 1));
    }
    return new Script(small.build().toArray(), large, Arrays.copyOf(spans, count));
  }

  /** Tokens of the answer that the large model writes. */
  public int largeTokens() {
    return Arrays.stream(spans).mapToInt(span -> span[1] - span[0]).sum();
  }

  /** Tags are the small model's. */
  public int smallTokens() {
    return small.length - largeTokens();
  }
}
