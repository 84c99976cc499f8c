package dev.splitreason.data.annotate;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses the tokens at which the large model is surest beside the small one. */
record HardTokens(DivergenceOptions options) {

  /**
   * Spans of the text, in order; neighbours are one. A span's score is one minus the geometric mean
   * of how much less probable the small model finds its tokens, 0 … 1.
   *
   * @param ends byte offset in the text's UTF-8 behind each token
   * @param advantage nats by which the large model is surer of each token
   */
  List<ScoredSpan> spans(String text, int[] ends, double[] advantage) {
    double[] smooth = smoothed(advantage);
    BitSet hard = hardest(smooth, ends);
    int[] offsets = utf16Offsets(text);
    List<ScoredSpan> spans = new ArrayList<>();
    for (int from = hard.nextSetBit(0); from >= 0; ) {
      int to = hard.nextClearBit(from);
      int start = offsets[from == 0 ? 0 : ends[from - 1]];
      int end = offsets[ends[to - 1]];
      double mean = IntStream.range(from, to).mapToDouble(i -> smooth[i]).average().orElse(0);
      double greatest = IntStream.range(from, to).mapToDouble(i -> smooth[i]).max().orElse(0);
      if (start < end && uniform(text, start) < options.probability(greatest)) {
        Span span = options.border().widen(text, new Span(start, end));
        spans.add(new ScoredSpan(span.start(), span.end(), 1 - Math.exp(-Math.max(0, mean))));
      }
      from = hard.nextSetBit(to);
    }
    return spans;
  }

  /** A number in 0 … 1 that belongs to a place of a text: annotating again decides alike. */
  private static double uniform(String text, int at) {
    return (CounterRandom.bits(text.hashCode(), at) >>> 11) * 0x1p-53;
  }

  private double[] smoothed(double[] values) {
    int before = (options.smoothing() - 1) / 2;
    int after = options.smoothing() / 2;
    double[] smooth = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - before);
      int to = Math.min(values.length, i + after + 1);
      smooth[i] = IntStream.range(from, to).mapToDouble(j -> values[j]).average().orElse(0);
    }
    return smooth;
  }

  /** Tokens with the greatest advantage, until the next one would exceed the target share. */
  private BitSet hardest(double[] advantage, int[] ends) {
    var hard = new BitSet();
    int total = ends.length == 0 ? 0 : ends[ends.length - 1];
    double room = options.targetShare() * total;
    List<Integer> order =
        IntStream.range(0, ends.length)
            .filter(i -> advantage[i] >= options.leastAdvantage())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -advantage[i]))
            .toList();
    for (int token : order) {
      room -= ends[token] - (token == 0 ? 0 : ends[token - 1]);
      if (room < 0) {
        break;
      }
      hard.set(token);
    }
    return hard;
  }

  /** For each byte of the text's UTF-8, and its end: the offset of its character. */
  private static int[] utf16Offsets(String text) {
    int[] offsets = new int[text.getBytes(StandardCharsets.UTF_8).length + 1];
    int at = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int bytes = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      for (int b = 0; b < bytes; b++) {
        offsets[at++] = i;
      }
      i += Character.charCount(codePoint);
    }
    offsets[at] = text.length();
    return offsets;
  }
}
