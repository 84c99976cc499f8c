package dev.splitreason.training.grpo;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.rollout.SideBySide;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.Measurement.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the pair the same held-out problems every time: the small model hands over, the large one
 * writes the spans, both greedily. Each process asks its share.
 *
 * @param pair the model under training and the large one
 * @param problems none of which a run trains on
 * @param checker decides which answers are right
 * @param config how they are asked
 * @param together the most answers at a time
 * @param processes among which the problems are divided
 */
record PairMeasurement(
    Pair pair,
    List<Problem> problems,
    AnswerChecker checker,
    MeasureConfig config,
    int together,
    Processes processes)
    implements Measurement.Taker {

  /** An answer, and who wrote how much of it. */
  private record Answer(Sample sample, int large, int tokens) {}

  @Override
  public Measurement after(long step) throws InterruptedException {
    if (problems.isEmpty()) {
      return Measurement.none(step);
    }
    long began = System.nanoTime();
    SideBySide<Answer> asked = new SideBySide<>(together);
    for (int i = processes.rank(); i < problems.size(); i += processes.count()) {
      Problem problem = problems.get(i);
      asked.submit(() -> answer(problem));
    }
    List<Answer> answers = asked.results();
    double[] sums =
        processes.sum(
            answers.stream().filter(answer -> answer.sample.right()).count(),
            answers.stream().mapToInt(Answer::large).sum(),
            answers.stream().mapToInt(Answer::tokens).sum());
    List<Sample> samples = new ArrayList<>();
    answers.stream().limit(config.samples()).forEach(answer -> samples.add(answer.sample));
    return new Measurement(
        step,
        sums[0] / problems.size(),
        sums[2] == 0 ? 0 : sums[1] / sums[2],
        problems.size(),
        null,
        (System.nanoTime() - began) / 1e9,
        samples);
  }

  private Answer answer(Problem problem) throws InterruptedException {
    SplitOptions options =
        SplitOptions.DEFAULT
            .withPolicy(new Policy.Learned())
            .withSampling(Sampling.GREEDY)
            .withMaxTokens(config.maxTokens())
            .withPipelined(false);
    Trace trace =
        new SplitDecoder(pair)
            .decode(List.of(Message.user(problem.text())), options, TraceListener.NONE);
    if (trace.finishReason() == FinishReason.CANCELLED) {
      throw new InterruptedException();
    }
    if (trace.degradedBecause() != null) {
      throw new IllegalStateException("the large model failed: " + trace.degradedBecause());
    }
    String given = FinalAnswer.marked(trace.text());
    boolean right = given != null && checker.check(problem.answer(), given).equal();
    return new Answer(
        new Sample(problem.text(), problem.answer(), trace.text(), right),
        trace.usage().largeTokens(),
        trace.usage().smallTokens() + trace.usage().largeTokens());
  }
}
