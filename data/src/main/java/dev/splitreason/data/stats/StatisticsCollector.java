package dev.splitreason.data.stats;

import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TaggedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Takes traces one by one and keeps a few numbers of each. Not thread-safe. */
public final class StatisticsCollector {

  private static final int SAMPLES = 10;
  private static final double FIFTH = 0.2;

  private final @Nullable ToIntFunction<String> tokens;
  private final Random random;
  private final DoubleStream.Builder shares = DoubleStream.builder();
  private final DoubleStream.Builder spansPerTrace = DoubleStream.builder();
  private final DoubleStream.Builder spanCharacters = DoubleStream.builder();
  private final DoubleStream.Builder spanTokens = DoubleStream.builder();
  private final DoubleStream.Builder lengths = DoubleStream.builder();
  private final double[] inside = new double[TraceStatistics.POSITIONS];
  private final Map<Fault, Long> defects = new EnumMap<>(Fault.class);
  private final List<SpanLayout> samples = new ArrayList<>();
  private long traces;
  private long withSpans;
  private long underFifth;
  private boolean tokensCounted;

  /**
   * @param tokens counts the tokens of a text, or null to take the counts that traces bring along,
   *     if they do
   * @param seed of the draw of samples
   */
  public StatisticsCollector(@Nullable ToIntFunction<String> tokens, long seed) {
    this.tokens = tokens;
    random = new Random(seed);
  }

  /** Adds a trace. */
  public void add(String id, TaggedText trace) {
    traces++;
    withSpans += trace.spans().isEmpty() ? 0 : 1;
    underFifth += trace.offloadShare() < FIFTH ? 1 : 0;
    shares.add(trace.offloadShare());
    spansPerTrace.add(trace.spans().size());
    lengths.add(trace.text().length());
    trace.spans().forEach(span -> spanCharacters.add(span.length()));
    addTokens(trace);
    trace.defects().forEach(fault -> defects.merge(fault, 1L, Long::sum));
    var layout = new SpanLayout(id, trace.text().length(), trace.spans());
    addPositions(layout);
    sample(layout);
  }

  /** The statistics of all traces added; the collector takes no more. */
  public TraceStatistics finish() {
    double[] sorted = shares.build().sorted().toArray();
    return new TraceStatistics(
        traces,
        withSpans,
        DistributionSummary.of(sorted),
        traces == 0 ? 0 : (double) underFifth / traces,
        DistributionSummary.of(spansPerTrace.build().toArray()),
        DistributionSummary.of(spanCharacters.build().toArray()),
        tokensCounted ? DistributionSummary.of(spanTokens.build().toArray()) : null,
        DistributionSummary.of(lengths.build().toArray()),
        Arrays.stream(inside).map(sum -> traces == 0 ? 0 : sum / traces).toArray(),
        Map.copyOf(defects),
        thinned(sorted),
        List.copyOf(samples));
  }

  private void addTokens(TaggedText trace) {
    if (tokens != null) {
      trace.spans().forEach(span -> spanTokens.add(tokens.applyAsInt(trace.content(span))));
      tokensCounted = true;
    } else if (trace.spanTokens() != null) {
      trace.spanTokens().forEach(spanTokens::add);
      tokensCounted = true;
    }
  }

  private void addPositions(SpanLayout trace) {
    for (Span span : trace.spans()) {
      double from = (double) span.start() / trace.length() * inside.length;
      double to = (double) span.end() / trace.length() * inside.length;
      for (int bin = (int) from; bin < inside.length && bin < to; bin++) {
        inside[bin] += Math.min(to, bin + 1) - Math.max(from, bin);
      }
    }
  }

  /** Reservoir sampling (Vitter's algorithm R): every trace is as likely to stay. */
  private void sample(SpanLayout trace) {
    if (samples.size() < SAMPLES) {
      samples.add(trace);
      return;
    }
    long place = random.nextLong(traces);
    if (place < SAMPLES) {
      samples.set((int) place, trace);
    }
  }

  private static double[] thinned(double[] sorted) {
    if (sorted.length <= TraceStatistics.SHARES) {
      return sorted;
    }
    double[] thin = new double[TraceStatistics.SHARES];
    for (int i = 0; i < thin.length; i++) {
      thin[i] = sorted[(int) ((long) i * (sorted.length - 1) / (thin.length - 1))];
    }
    return thin;
  }
}
