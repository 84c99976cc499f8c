package dev.splitreason.evaluation.metric;

import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.evaluation.metric.Result.Group;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The samples of one contender, by problem.
 *
 * @param contender who answered
 * @param byProblem samples that did not fail, by the problem's id; no list is empty
 * @param failures how many failed
 */
record Answered(Contender contender, Map<String, List<Sample>> byProblem, int failures) {

  static Answered of(Contender contender, List<Sample> samples) {
    Map<String, List<Sample>> byProblem = new LinkedHashMap<>();
    int failures = 0;
    for (Sample sample : samples) {
      if (sample.failed()) {
        failures++;
      } else {
        byProblem.computeIfAbsent(sample.key().problem(), id -> new ArrayList<>()).add(sample);
      }
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
        offloadRatio(),
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
