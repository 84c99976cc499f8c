package dev.splitreason.evaluation.metric;

import dev.splitreason.evaluation.metric.Result.Gain;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of every contender of a run, side by side. */
public final class Results {

  private Results() {}

  /**
   * The figures, in the order of the contenders; differences are taken from the first of them.
   *
   * @param contenders whose figures are wanted
   * @param samples of them, and maybe of others, in any order
   * @param seed of the bootstrap
   */
  public static List<Result> of(List<Contender> contenders, List<Sample> samples, long seed) {
    Map<Contender, List<Sample>> byContender = new LinkedHashMap<>();
    contenders.forEach(contender -> byContender.put(contender, new ArrayList<>()));
    for (Sample sample : samples) {
      List<Sample> own = byContender.get(sample.key().contender());
      if (own != null) {
        own.add(sample);
      }
    }
    List<Answered> answered =
        byContender.entrySet().stream()
            .map(entry -> Answered.of(entry.getKey(), entry.getValue()))
            .toList();
    return answered.stream().map(own -> beside(answered.getFirst(), own, seed)).toList();
  }

  private static Result beside(Answered reference, Answered own, long seed) {
    Result result = own.result(seed);
    if (own.contender().equals(reference.contender())) {
      return result;
    }
    double[] differences =
        own.byProblem().entrySet().stream()
            .filter(problem -> reference.byProblem().containsKey(problem.getKey()))
            .mapToDouble(
                problem ->
                    Answered.accuracy(problem.getValue())
                        - Answered.accuracy(
                            reference.byProblem().getOrDefault(problem.getKey(), List.of())))
            .toArray();
    if (differences.length == 0) {
      return result;
    }
    double mean = 0;
    for (double difference : differences) {
      mean += difference / differences.length;
    }
    return result.withGain(
        new Gain(
            reference.contender(),
            mean,
            Bootstrap.ofMean(differences, seed),
            PairedTest.pValue(differences, seed)));
  }
}
