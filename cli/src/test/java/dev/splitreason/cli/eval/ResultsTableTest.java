package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.Contender;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTableTest {

  private final List<Result> nothing =
      Results.of(List.of(new Contender("learned", "small", "large")), List.of(), 0);

  @Test
  void whatHasNoAnswerYetIsNotMeasured() {
    assertThat(ResultsTable.of(nothing).lines().toList().getLast())
        .contains("not measured")
        .doesNotContain("%", " ms");
  }

  @Test
  void nothingIsAdvisedWhereNothingIsMeasured() {
    assertThat(ResultsTable.advice(nothing)).isNull();
  }
}
