package dev.splitreason.evaluation.run;

import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.TokenTimes;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.evaluation.benchmark.Problem;
import dev.splitreason.evaluation.run.Sample.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a sample, one line each: the record {@link Line}, in snake case. Segments, usage and
 * times are named as in the traces that {@code ask --trace} writes, so whatever reads those reads
 * samples too.
 */
final class SampleJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private SampleJson() {}

  /** A sample as UTF-8, without a line break. */
  static byte[] write(Sample sample) {
    Contender contender = sample.key().contender();
    Problem problem = sample.problem();
    Trace trace = sample.trace();
    var line =
        new Line(
            problem.id(),
            sample.key().sample(),
            contender.policy(),
            contender.small(),
            contender.large(),
            sample.seed(),
            sample.outcome(),
            sample.reason(),
            sample.answer(),
            problem.answer(),
            problem.text(),
            problem.difficulty(),
            trace == null ? null : trace.segments(),
            trace == null ? null : trace.usage(),
            trace == null ? null : trace.finishReason(),
            trace == null ? null : trace.seconds(),
            trace == null ? null : TokenTimes.of(trace.tokenTimes()));
    return MAPPER.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException with a one-line message, if it is something else
   */
  static Sample read(byte[] json) {
    try {
      return MAPPER.readValue(json, Line.class).toSample();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is no sample: " + e.getOriginalMessage(), e);
    }
  }

  private record Line(
      String problem,
      int sample,
      String policy,
      @Nullable String small,
      @Nullable String large,
      long seed,
      Outcome outcome,
      String reason,
      String answer,
      String gold,
      String question,
      @Nullable String difficulty,
      @Nullable List<Segment> segments,
      @Nullable Usage usage,
      @Nullable FinishReason finishReason,
      @Nullable Double seconds,
      @Nullable TokenTimes tokenTimes) {

    Sample toSample() {
      var key = new SampleKey(new Contender(policy, small, large), problem, sample);
      return new Sample(
          key,
          new Problem(problem, question, gold, difficulty),
          seed,
          outcome,
          reason,
          answer,
          trace());
    }

    private @Nullable Trace trace() {
      if (segments == null
          || usage == null
          || finishReason == null
          || seconds == null
          || tokenTimes == null) {
        return null;
      }
      return new Trace(
          segments, usage, finishReason, false, null, seconds, tokenTimes.inOrderOf(segments));
    }
  }
}
