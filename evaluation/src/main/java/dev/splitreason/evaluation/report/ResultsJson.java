package dev.splitreason.evaluation.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Result.Group;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of results.
 *
 * @param results one for each contender, in order
 */
public record ResultsJson(List<Row> results) {

  /** The document of these results. */
  public static ResultsJson of(List<Result> results) {
    return new ResultsJson(results.stream().map(Row::of).toList());
  }

  /**
   * What a contender reached, as {@link Result} has it; models that never write are left out, and
   * what was not measured is null.
   *
   * @param ci95 the lower and the upper end
   * @param offloadCi95 the same of the offload ratio
   * @param meanLatencyMs milliseconds of an answer
   * @param accuracyOfAnswers without the failures; left out where there are none
   * @param truncated answers that ended at the token limit
   * @param gain left out of the reference's own row
   */
  public record Row(
      String policy,
      @Nullable Double accuracy,
      @Nullable List<Double> ci95,
      @Nullable Double offloadRatio,
      @Nullable Double meanLatencyMs,
      int problems,
      int samples,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String small,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String large,
      int failures,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double accuracyOfAnswers,
      @Nullable Double meanTokens,
      SortedMap<Integer, Double> passAtK,
      @Nullable Double majority,
      SortedMap<String, Group> byDifficulty,
      int truncated,
      @Nullable List<Double> offloadCi95,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gain gain) {

    private static Row of(Result result) {
      boolean measured = result.measured();
      return new Row(
          result.contender().policy(),
          measured ? result.accuracy() : null,
          measured ? ends(result.ci95()) : null,
          measured ? result.offloadRatio() : null,
          measured ? Math.round(result.meanLatency() * 1e6) / 1e3 : null,
          result.problems(),
          result.samples(),
          result.contender().small(),
          result.contender().large(),
          result.failures(),
          result.failures() == 0 ? null : result.accuracyOfAnswers(),
          measured ? result.tokens() : null,
          result.passAtK(),
          measured ? result.majority() : null,
          result.byDifficulty(),
          result.truncated(),
          measured ? ends(result.offloadCi95()) : null,
          result.gain() == null ? null : Gain.of(result.gain()));
    }
  }

  /**
   * A difference to the reference.
   *
   * @param over the reference's policy
   * @param accuracy less the reference's
   * @param ci95 the lower and the upper end
   * @param pValue how likely chance alone makes as large a difference
   */
  public record Gain(String over, double accuracy, List<Double> ci95, double pValue) {

    private static Gain of(Result.Gain gain) {
      return new Gain(gain.over().policy(), gain.accuracy(), ends(gain.ci95()), gain.pValue());
    }
  }

  private static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
