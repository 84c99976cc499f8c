package dev.splitreason.evaluation.run;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of recorded samples whose problems read otherwise now. A new reference answer is held
 * against the recorded text, and no model is asked for that; under a new question the answer counts
 * no longer, and is given anew.
 *
 * @param references problems whose reference answer is another
 * @param judged their samples, which were judged again
 * @param otherwise those of them that were right and are wrong now, or the other way round
 * @param questions problems that ask something else
 * @param outdated their samples
 */
public record Revision(int references, int judged, int otherwise, int questions, int outdated) {

  /**
   * Brings a log up to date with a benchmark.
   *
   * @throws IOException if the log cannot be written; it is then as it was
   */
  public static Revision of(SampleLog log, Benchmark benchmark, AnswerChecker checker)
      throws IOException {
    Map<String, Problem> problems =
        benchmark.problems().stream().collect(Collectors.toMap(Problem::id, Function.identity()));
    var judge = new Judge(checker);
    Set<String> references = new HashSet<>();
    Set<String> questions = new HashSet<>();
    List<Sample> revised = new ArrayList<>();
    List<Sample> outdated = new ArrayList<>();
    int judged = 0;
    int otherwise = 0;
    boolean changed = false;
    for (Sample sample : log.samples()) {
      Problem problem = problems.getOrDefault(sample.key().problem(), sample.problem());
      changed |= !problem.equals(sample.problem());
      if (!problem.text().equals(sample.problem().text())) {
        questions.add(problem.id());
        outdated.add(sample);
        continue;
      }
      Sample now = now(sample, problem, judge);
      if (!sample.failed() && !problem.answer().equals(sample.problem().answer())) {
        references.add(problem.id());
        judged++;
        otherwise += now.right() == sample.right() ? 0 : 1;
      }
      revised.add(now);
    }
    if (changed) {
      log.revise(revised, outdated);
    }
    return new Revision(references.size(), judged, otherwise, questions.size(), outdated.size());
  }

  private static Sample now(Sample sample, Problem problem, Judge judge) {
    Trace trace = sample.trace();
    if (trace != null && !problem.answer().equals(sample.problem().answer())) {
      return judge.judge(sample.key(), problem, sample.seed(), trace);
    }
    return new Sample(
        sample.key(),
        problem,
        sample.seed(),
        sample.outcome(),
        sample.reason(),
        sample.answer(),
        trace);
  }

  /** What changed, a line each; none if nothing did. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (references > 0) {
      lines.add(
          "the reference answers of %d problems changed: %d samples were judged again, %d of them otherwise than before"
              .formatted(references, judged, otherwise));
    }
    if (questions > 0) {
      lines.add(
          "%d problems ask something else now: %d samples are asked again, the old ones are in %s"
              .formatted(questions, outdated, SampleLog.OUTDATED));
    }
    return lines;
  }
}
