package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.evaluation.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTableTest {

  private final List<Result> nothing =
      Results.of(List.of(new Contender("learned", "small", "large")), List.of(), 0);

  @Test
  void whatHasNoAnswerYetIsNotMeasured() {
    assertThat(ResultsTable.of(nothing).lines().toList().get(1))
        .contains("not measured")
        .doesNotContain("%", " ms");
  }

  @Test
  void eightyColumnsAreEnough() {
    String small = "DeepSeek-R1-Distill-Qwen-1.5B-split";
    var some = new Contender("random:0.05:16", small, "DeepSeek-R1-Distill-Qwen-32B");
    var other = new Contender("random:0.05:16", small, "DeepSeek-R1-Distill-Qwen-14B");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      samples.add(sample(some, "p" + i, Outcome.RIGHT));
      samples.add(sample(other, "p" + i, Outcome.FAILED));
    }

    String table = ResultsTable.of(Results.of(List.of(some, other), samples, 0));

    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(table)
        .contains("random:0.05:16 (1)  100.0 % 100.0 … 100.0", "failed", "cut off")
        .contains("random:0.05:16 (2) " + small + "\n" + " ".repeat(19) + "+ DeepSeek-R1-Distill");
  }

  @Test
  void whatWentWrongHasAColumnOnlyWhereSomethingDid() {
    var alone = new Contender("small", "small", null);
    String table =
        ResultsTable.of(Results.of(List.of(alone), List.of(sample(alone, "p", Outcome.WRONG)), 0));

    assertThat(table).doesNotContain("failed");
  }

  private static Sample sample(Contender contender, String problem, Outcome outcome) {
    Trace trace =
        new Trace(
            List.of(new Segment(Author.SMALL, "1", 1, 0, 1000)),
            new Usage(1, 0, 0, 1, 0),
            FinishReason.LENGTH,
            false,
            null,
            1000,
            List.of(),
            SpanSettings.DEFAULT);
    return new Sample(
        new SampleKey(contender, problem, 0),
        new Problem(problem, "?", "1", null),
        0,
        outcome,
        "exact",
        "1",
        outcome == Outcome.FAILED ? null : trace);
  }

  @Test
  void nothingIsAdvisedWhereNothingIsMeasured() {
    assertThat(ResultsTable.advice(nothing)).isNull();
  }
}
