package dev.splitreason.evaluation.run;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.run.Sample.Outcome;
import java.util.List;

/** Samples for tests: two tokens by the small model, one by the large, a second in all. */
public final class Samples {

  public static final Contender LEARNED = new Contender("learned", "s.gguf", "l.gguf");

  private Samples() {}

  public static Sample of(
      Contender contender, String problem, int number, Outcome outcome, String answer) {
    Trace trace =
        new Trace(
            List.of(
                new Segment(Author.SMALL, "é<bigmodel>", 2, 0.25, 0.5),
                new Segment(Author.LARGE, answer, 1, 0.75, 1)),
            new Usage(2, 1, 3, 4, 5),
            FinishReason.STOP,
            false,
            null,
            1,
            List.of(
                new TokenTime(Author.SMALL, 0.25),
                new TokenTime(Author.SMALL, 0.5),
                new TokenTime(Author.LARGE, 1)),
            new SpanSettings(TagSpelling.BIGMODEL, 2, 64));
    return new Sample(
        new SampleKey(contender, problem, number),
        new Problem(problem, "What is " + problem + "?", "42", "easy"),
        7,
        outcome,
        "exact",
        answer,
        outcome == Outcome.FAILED ? null : trace);
  }
}
