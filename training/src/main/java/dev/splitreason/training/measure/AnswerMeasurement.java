package dev.splitreason.training.measure;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.concurrent.InFlight.Call;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.Measurement.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same problems every time, none of which a run trains on. Each process asks its share.
 *
 * @param answerer who is asked
 * @param problems what
 * @param right whether a response answers a problem rightly
 * @param config how many answers are written down
 * @param together the most answers at a time
 * @param processes among which the problems are divided
 */
public record AnswerMeasurement(
    Answerer answerer,
    List<Problem> problems,
    BiPredicate<Problem, String> right,
    MeasureConfig config,
    int together,
    Processes processes)
    implements Measurement.Taker {

  /** A model or a pair that answers. */
  @FunctionalInterface
  public interface Answerer {
    Response answer(Problem problem) throws InterruptedException;
  }

  /**
   * What was answered.
   *
   * @param text all of it, control tokens included
   * @param usage who wrote how much, or null if a model answered alone
   */
  public record Response(String text, @Nullable Usage usage) {}

  /** A response, judged. */
  private record Answer(Sample sample, @Nullable Usage usage) {}

  @Override
  public Measurement after(long step) throws InterruptedException {
    if (problems.isEmpty()) {
      return Measurement.none(step);
    }
    long began = System.nanoTime();
    List<Call<Answer>> asked = new ArrayList<>();
    for (int i = processes.rank(); i < problems.size(); i += processes.count()) {
      Problem problem = problems.get(i);
      asked.add(() -> judged(problem));
    }
    List<Answer> answers = InFlight.results(together, asked);
    List<Usage> usages = answers.stream().map(Answer::usage).filter(Objects::nonNull).toList();
    long large = usages.stream().mapToLong(Usage::largeTokens).sum();
    long small = usages.stream().mapToLong(Usage::smallTokens).sum();
    double[] sums =
        processes.sum(
            (double) answers.stream().filter(answer -> answer.sample.right()).count(),
            (double) large,
            (double) (large + small),
            usages.size());
    double ratio = sums[2] == 0 ? 0 : sums[1] / sums[2];
    return new Measurement(
        step,
        sums[0] / problems.size(),
        sums[3] == 0 ? null : ratio,
        problems.size(),
        null,
        (System.nanoTime() - began) / 1e9,
        answers.stream().limit(config.samples()).map(Answer::sample).toList());
  }

  private Answer judged(Problem problem) throws InterruptedException {
    Response response = answerer.answer(problem);
    String text = response.text();
    boolean isRight = right.test(problem, text);
    return new Answer(
        new Sample(problem.text(), problem.answer(), text, isRight), response.usage());
  }
}
