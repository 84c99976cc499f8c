package dev.splitreason.cli.trace;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.TokenTimes;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a recorded answer, one line each. The records below are the format, component by
 * component (in snake case); names that {@code ask --json} has too mean the same. Times are seconds
 * from the request, rounded to microseconds.
 */
public final class TraceJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private TraceJson() {}

  /** The answer as one line of JSON, without a line break. */
  public static String write(RecordedAnswer answer) {
    Trace trace = answer.trace();
    Usage usage = trace.usage();
    return MAPPER.writeValueAsString(
        new Line(
            answer.id(),
            answer.question(),
            new Models(answer.small(), answer.large()),
            Options.of(answer.options()),
            trace.segments().stream().map(SegmentLine::of).toList(),
            new UsageLine(
                usage.smallTokens(),
                usage.largeTokens(),
                usage.discardedTokens(),
                usage.smallPrefilled(),
                usage.largePrefilled(),
                usage.offloadRatio()),
            trace.finishReason().label(),
            trace.degraded(),
            trace.degradedBecause(),
            TokenTimes.microseconds(trace.seconds()),
            TokenTimes.of(trace.tokenTimes())));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException with a one-line message, if it is something else
   */
  public static RecordedAnswer read(String line) {
    Line read;
    try {
      read = MAPPER.readValue(line, Line.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a trace: " + e.getOriginalMessage(), e);
    }
    UsageLine usage = read.usage;
    List<Segment> segments = read.segments.stream().map(SegmentLine::toSegment).toList();
    return new RecordedAnswer(
        read.id,
        read.question,
        read.models.small,
        read.models.large,
        read.options.toOptions(),
        new Trace(
            segments,
            new Usage(
                usage.smallTokens,
                usage.largeTokens,
                usage.discardedTokens,
                usage.smallPrefilled,
                usage.largePrefilled),
            finishReason(read.finishReason),
            read.degraded,
            read.degradedBecause,
            read.seconds,
            read.tokenTimes.inOrderOf(segments)));
  }

  private record Line(
      String id,
      String question,
      Models models,
      Options options,
      List<SegmentLine> segments,
      UsageLine usage,
      String finishReason,
      boolean degraded,
      @Nullable String degradedBecause,
      double seconds,
      TokenTimes tokenTimes) {}

  private record Models(
      RecordedAnswer.@Nullable UsedModel small, RecordedAnswer.@Nullable UsedModel large) {}

  private record Options(
      String policy,
      double maxOffloadRatio,
      double offloadBias,
      double temperature,
      int topK,
      double topP,
      double minP,
      double repetitionPenalty,
      long seed,
      Map<Integer, Float> bias,
      int maxTokens,
      double timeLimit,
      double largeTimeout,
      boolean pipelined) {

    static Options of(SplitOptions options) {
      Sampling sampling = options.sampling();
      return new Options(
          options.policy().label(),
          options.maxOffloadRatio(),
          options.offloadBias(),
          sampling.temperature(),
          sampling.topK(),
          sampling.topP(),
          sampling.minP(),
          sampling.repetitionPenalty(),
          sampling.seed(),
          sampling.bias(),
          options.maxTokens(),
          options.timeBudget().toNanos() / 1e9,
          options.largeTimeout().toNanos() / 1e9,
          options.pipelined());
    }

    SplitOptions toOptions() {
      var sampling = new Sampling(temperature, topK, topP, minP, repetitionPenalty, seed, bias);
      return new SplitOptions(
          Policy.parse(policy),
          sampling,
          maxTokens,
          duration(timeLimit),
          maxOffloadRatio,
          offloadBias,
          pipelined,
          duration(largeTimeout));
    }

    private static Duration duration(double seconds) {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }
  }

  private record SegmentLine(String author, String text, int tokens, double start, double end) {

    static SegmentLine of(Segment segment) {
      return new SegmentLine(
          segment.author().label(),
          segment.text(),
          segment.tokens(),
          TokenTimes.microseconds(segment.start()),
          TokenTimes.microseconds(segment.end()));
    }

    Segment toSegment() {
      return new Segment(TraceJson.author(author), text, tokens, start, end);
    }
  }

  private record UsageLine(
      int smallTokens,
      int largeTokens,
      int discardedTokens,
      int smallPrefilled,
      int largePrefilled,
      double offloadRatio) {}

  private static Author author(String label) {
    return Arrays.stream(Author.values())
        .filter(author -> author.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a trace: author '" + label + "'"));
  }

  private static FinishReason finishReason(String label) {
    return Arrays.stream(FinishReason.values())
        .filter(reason -> reason.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("not a trace: finish reason '" + label + "'"));
  }
}
