package dev.splitreason.evaluation.metric;

import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.evaluation.metric.Result.Group;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one contender, by problem.
 *
 * @param contender who answered
 * @param byProblem all samples, those that failed too, by the problem's id; no list is empty
 * @param failures how many failed
 */
record Answered(Contender contender, Map<String, List<Sample>> byProblem, int failures) {

  static Answered of(Contender contender, List<Sample> samples) {
    Map<String, List<Sample>> byProblem = new LinkedHashMap<>();
    int failures = 0;
    for (Sample sample : samples) {
      failures += sample.failed() ? 1 : 0;
      byProblem.computeIfAbsent(sample.key().problem(), id -> new ArrayList<>()).add(sample);
    }
    // Samples come as they were finished; figures must not depend on that.
    return new Answered(contender, new TreeMap<>(byProblem), failures);
  }

  Result result(long seed) {
    int samples = byProblem.values().stream().mapToInt(List::size).max().orElse(0);
    double[] accuracies = byProblem.values().stream().mapToDouble(Answered::accuracy).toArray();
    return new Result(
        contender,
        mean(byProblem.values(), Answered::accuracy),
        accuracies.length == 0 ? new Interval(0, 1) : Bootstrap.ofMean(accuracies, seed),
        withoutFailures(),
        offloadRatio(),
        offloadInterval(seed),
        mean(traces(), Trace::seconds),
        byProblem.size(),
        samples,
        failures,
        truncated(),
        passAtK(samples),
        mean(byProblem.values(), Majority::right),
        mean(traces(), trace -> trace.usage().smallTokens() + trace.usage().largeTokens()),
        byDifficulty(),
        null);
  }

  /** The share of right samples among those of a problem. */
  static double accuracy(List<Sample> samples) {
    return mean(samples, sample -> sample.right() ? 1 : 0);
  }

  /** Null if no sample is left. */
  private @Nullable Double withoutFailures() {
    List<List<Sample>> answers =
        byProblem.values().stream()
            .map(drawn -> drawn.stream().filter(sample -> !sample.failed()).toList())
            .filter(drawn -> !drawn.isEmpty())
            .toList();
    return answers.isEmpty() ? null : mean(answers, Answered::accuracy);
  }

  private List<Trace> traces() {
    return byProblem.values().stream()
        .flatMap(List::stream)
        .map(Sample::trace)
        .filter(Objects::nonNull)
        .toList();
  }

  private int truncated() {
    return (int)
        traces().stream().filter(trace -> trace.finishReason() == FinishReason.LENGTH).count();
  }

  private double offloadRatio() {
    long small = 0;
    long large = 0;
    for (Trace trace : traces()) {
      Usage usage = trace.usage();
      small += usage.smallTokens();
      large += usage.largeTokens();
    }
    return small + large == 0 ? 0 : (double) large / (small + large);
  }

  private Interval offloadInterval(long seed) {
    double[] large = tokens(Usage::largeTokens);
    double[] small = tokens(Usage::smallTokens);
    double[] all = new double[large.length];
    Arrays.setAll(all, i -> large[i] + small[i]);
    return Arrays.stream(all).sum() == 0 ? new Interval(0, 0) : Bootstrap.ofRatio(large, all, seed);
  }

  /** Of all answers to each problem. */
  private double[] tokens(ToDoubleFunction<Usage> of) {
    return byProblem.values().stream()
        .mapToDouble(
            samples ->
                samples.stream()
                    .map(Sample::trace)
                    .filter(Objects::nonNull)
                    .mapToDouble(trace -> of.applyAsDouble(trace.usage()))
                    .sum())
        .toArray();
  }

  /** Only problems with k samples or more say anything about pass@k. */
  private SortedMap<Integer, Double> passAtK(int samples) {
    SortedMap<Integer, Double> estimates = new TreeMap<>();
    for (int k = 1; k <= samples; k = k == samples ? k + 1 : Math.min(2 * k, samples)) {
      int draws = k;
      List<List<Sample>> enough =
          byProblem.values().stream().filter(drawn -> drawn.size() >= draws).toList();
      estimates.put(
          k,
          mean(
              enough,
              drawn ->
                  PassAtK.estimate(
                      drawn.size(), (int) drawn.stream().filter(Sample::right).count(), draws)));
    }
    return estimates;
  }

  private SortedMap<String, Group> byDifficulty() {
    Map<String, List<List<Sample>>> problems = new TreeMap<>();
    for (List<Sample> samples : byProblem.values()) {
      String difficulty = samples.getFirst().problem().difficulty();
      if (difficulty != null) {
        problems.computeIfAbsent(difficulty, name -> new ArrayList<>()).add(samples);
      }
    }
    SortedMap<String, Group> groups = new TreeMap<>();
    problems.forEach(
        (name, of) -> groups.put(name, new Group(mean(of, Answered::accuracy), of.size())));
    return groups;
  }

  private static <T> double mean(Collection<T> values, ToDoubleFunction<T> value) {
    return values.stream().mapToDouble(value).average().orElse(0);
  }
}
