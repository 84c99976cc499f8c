package dev.splitreason.cli.eval;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.evaluation.calibration.Calibration;
import dev.splitreason.evaluation.calibration.Dial;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Entry;
import dev.splitreason.evaluation.run.EvaluationRun;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the dials of policies on an open pair, by letting it answer the same problems each time.
 */
final class Calibrator {

  private final PairSettings settings;
  private final OpenPair open;
  private final Benchmark problems;
  private final RunSettings run;
  private final AnswerChecker checker;
  private final Consumer<String> say;

  /**
   * A calibrator.
   *
   * @param problems that it calibrates on
   * @param run how they are answered
   * @param say is told each trial in a line
   */
  Calibrator(
      PairSettings settings,
      OpenPair open,
      Benchmark problems,
      RunSettings run,
      AnswerChecker checker,
      Consumer<String> say) {
    this.settings = settings;
    this.open = open;
    this.problems = problems;
    this.run = run.withInFlight(Math.min(run.inFlight(), open.answersAtOnce()));
    this.checker = checker;
    this.say = say;
  }

  /**
   * What was found.
   *
   * @param found the policy
   * @param result what it reached on the problems that it was found on
   */
  record Turned(Calibration.Found found, Result result) {}

  /** Turns a dial until the large model writes a share of the tokens. */
  Turned turn(Dial dial, double target) throws IOException, InterruptedException {
    Result[] nearest = new Result[1];
    Calibration.Found found =
        Calibration.find(
            dial,
            target,
            policy -> {
              Result result = measured(policy);
              if (nearest[0] == null
                  || Math.abs(result.offloadRatio() - target)
                      < Math.abs(nearest[0].offloadRatio() - target)) {
                nearest[0] = result;
              }
              return result.offloadRatio();
            });
    return new Turned(found, nearest[0]);
  }

  private Result measured(PolicyChoice policy) throws IOException, InterruptedException {
    Contender contender = PlannedPair.contender(policy, settings);
    SampleLog log = SampleLog.inMemory();
    new EvaluationRun(problems, run, checker, log, _ -> {})
        .run(List.of(new Entry(contender, policy, open.pair())));
    Result result = Results.of(List.of(contender), log.samples(), run.seed()).getFirst();
    say.accept(
        "%s: %.2f %% of the tokens, %.1f %% right"
            .formatted(policy.label(), 100 * result.offloadRatio(), 100 * result.accuracy()));
    return result;
  }
}
