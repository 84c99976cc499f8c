package dev.splitreason.data.annotate;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the stretches in which the large model is surer than the small one, and their worth. */
record HardTokens(DivergenceOptions options) {

  /**
   * Tokens of a text and how the models compare on them.
   *
   * @param ends byte offset in the text's UTF-8 behind each token
   * @param advantage nats by which the large model is surer of each token
   * @param largeLogProbs of each token by the large model
   */
  record Compared(int[] ends, double[] advantage, double[] largeLogProbs) {}

  /** Hard tokens that make a span, widened, and the nats that are in them. */
  private record Stretch(Span span, double nats) {

    Stretch with(Stretch next) {
      return new Stretch(
          new Span(span.start(), Math.max(span.end(), next.span.end())), nats + next.nats);
    }
  }

  /**
   * Spans of the text, in order and disjoint. A span's score is what ranks it: one minus the
   * geometric mean, over all its tokens, of how much less probable the small model finds those of
   * them that are hard, 0 … 1. So of two spans with the same advantage the shorter is worth more.
   */
  List<ScoredSpan> spans(String text, Compared tokens) {
    int[] offsets = offsets(text, tokens.ends());
    double[] smooth = smoothed(weighed(text, offsets, tokens));
    List<ScoredSpan> spans = new ArrayList<>();
    for (Stretch stretch : stretches(text, offsets, smooth)) {
      long inside =
          IntStream.range(0, smooth.length)
              .filter(i -> offsets[i + 1] > stretch.span().start())
              .filter(i -> offsets[i] < stretch.span().end())
              .filter(i -> offsets[i] < offsets[i + 1])
              .count();
      double score = 1 - Math.exp(-Math.max(0, stretch.nats() / Math.max(1, inside)));
      spans.add(new ScoredSpan(stretch.span(), score));
    }
    return spans;
  }

  /** Runs of hard tokens, widened; those that share a unit are one. */
  private List<Stretch> stretches(String text, int[] offsets, double[] smooth) {
    BitSet hard = new BitSet();
    IntStream.range(0, smooth.length)
        .filter(i -> smooth[i] >= options.leastAdvantage())
        .forEach(hard::set);
    List<Stretch> stretches = new ArrayList<>();
    for (int from = hard.nextSetBit(0); from >= 0; ) {
      int to = hard.nextClearBit(from);
      int start = offsets[from];
      int end = offsets[to];
      double greatest = IntStream.range(from, to).mapToDouble(i -> smooth[i]).max().orElse(0);
      if (start < end && uniform(text, start) < options.probability(greatest)) {
        double nats = IntStream.range(from, to).mapToDouble(i -> smooth[i]).sum();
        Stretch next = new Stretch(options.border().widen(text, new Span(start, end)), nats);
        boolean joins =
            !stretches.isEmpty() && stretches.getLast().span().end() > next.span().start();
        stretches.add(joins ? stretches.removeLast().with(next) : next);
      }
      from = hard.nextSetBit(to);
    }
    return stretches;
  }

  private double[] weighed(String text, int[] offsets, Compared tokens) {
    double[] weights = options.style().weights(text, offsets, tokens.largeLogProbs());
    return IntStream.range(0, weights.length)
        .mapToDouble(i -> weights[i] * tokens.advantage()[i])
        .toArray();
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

  /** The first UTF-16 unit of each token, and behind the last one. */
  private static int[] offsets(String text, int[] ends) {
    int[] ofBytes = utf16Offsets(text);
    return IntStream.rangeClosed(0, ends.length)
        .map(i -> ofBytes[i == 0 ? 0 : ends[i - 1]])
        .toArray();
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
