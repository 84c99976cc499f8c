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
   * What a contender reached, as {@link Result} has it; models that never write are left out.
   *
   * @param ci95 the lower and the upper end
   * @param meanLatencyMs milliseconds of an answer
   * @param truncated answers that ended at the token limit
   * @param gain left out of the reference's own row
   */
  public record Row(
      String policy,
      double accuracy,
      List<Double> ci95,
      double offloadRatio,
      double meanLatencyMs,
      int problems,
      int samples,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String small,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String large,
      int failures,
      double meanTokens,
      SortedMap<Integer, Double> passAtK,
      double majority,
      SortedMap<String, Group> byDifficulty,
      int truncated,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gain gain) {

    private static Row of(Result result) {
      return new Row(
          result.contender().policy(),
          result.accuracy(),
          ends(result.ci95()),
          result.offloadRatio(),
          Math.round(result.meanLatency() * 1e6) / 1e3,
          result.problems(),
          result.samples(),
          result.contender().small(),
          result.contender().large(),
          result.failures(),
          result.tokens(),
          result.passAtK(),
          result.majority(),
          result.byDifficulty(),
          result.truncated(),
          result.gain() == null ? null : Gain.of(result.gain()));
    }
  }

  /**
   * A difference to the reference.
   *
   * @param over the reference's policy
   * @param accuracy less the reference's
   * @param ci95 the lower and the upper end
   */
  public record Gain(String over, double accuracy, List<Double> ci95) {

    private static Gain of(Result.Gain gain) {
      return new Gain(gain.over().policy(), gain.accuracy(), ends(gain.ci95()));
    }
  }

  private static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
