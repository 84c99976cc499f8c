package dev.splitreason.evaluation.run;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.answers.check.Verdict;
import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.run.Sample.Outcome;
import java.util.stream.Collectors;

/**
 * Makes a sample of an answer: what it finally says, and whether that is right. A recorded answer
 * is judged as a fresh one is.
 *
 * @param checker compares it with the reference
 */
record Judge(AnswerChecker checker) {

  Sample judge(SampleKey key, Problem problem, long seed, Trace trace) {
    String text = withoutTags(trace);
    Verdict verdict = checker.check(problem.answer(), text);
    return new Sample(
        key,
        problem,
        seed,
        verdict.equal() ? Outcome.RIGHT : Outcome.WRONG,
        verdict.method(),
        FinalAnswer.of(text),
        trace);
  }

  /**
   * The text as if one model had written it; what the large one wrote is no tag, however spelled.
   */
  private static String withoutTags(Trace trace) {
    TagSpelling tags = trace.spans().tags();
    return trace.segments().stream()
        .map(part -> part.author() == Author.LARGE ? part.text() : tags.strip(part.text()))
        .collect(Collectors.joining());
  }
}
