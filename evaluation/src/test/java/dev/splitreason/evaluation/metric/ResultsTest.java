package dev.splitreason.evaluation.metric;

import static dev.splitreason.evaluation.run.Samples.LEARNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.evaluation.run.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Contender SMALL = new Contender("small", "s.gguf", null);

  @Test
  void aFailureIsAWrongAnswerAndIsToldApart() {
    Result result =
        only(
            sample("a", 0, Outcome.RIGHT, "42"),
            sample("b", 0, Outcome.WRONG, "41"),
            sample("c", 0, Outcome.FAILED, ""));

    assertThat(result.accuracy()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(result.accuracyOfAnswers()).isEqualTo(0.5);
    assertThat(result.failures()).isEqualTo(1);
    assertThat(result.problems()).isEqualTo(3);
    assertThat(result.measured()).isTrue();
  }

  @Test
  void failuresTakeTheirShareOfPassAtKAndHaveNoVote() {
    Result result =
        only(
            sample("a", 0, Outcome.RIGHT, "42"),
            sample("a", 1, Outcome.FAILED, ""),
            sample("a", 2, Outcome.FAILED, ""));

    assertThat(result.passAtK().get(1)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(result.majority()).isEqualTo(1);
  }

  @Test
  void whereEveryAnswerFailedNothingIsMeasured() {
    Result result = only(sample("a", 0, Outcome.FAILED, ""), sample("b", 0, Outcome.FAILED, ""));

    assertThat(result.measured()).isFalse();
    assertThat(result.failures()).isEqualTo(2);
    assertThat(result.majority()).isZero();
  }

  @Test
  void answersThatWereCutOffAreCountedWhetherRightOrWrong() {
    Sample whole = sample("a", 0, Outcome.RIGHT, "42");

    Result result = only(whole, cut(whole), cut(sample("b", 0, Outcome.WRONG, "4")));

    assertThat(result.truncated()).isEqualTo(2);
    assertThat(result.accuracy()).isEqualTo(0.5);
  }

  @Test
  void theMajorityIsRightWhereMostSamplesAgreeOnTheAnswer() {
    Result result =
        only(
            sample("a", 0, Outcome.RIGHT, "42"),
            sample("a", 1, Outcome.RIGHT, "42.0"),
            sample("a", 2, Outcome.WRONG, "41"),
            sample("b", 0, Outcome.RIGHT, "42"),
            sample("b", 1, Outcome.WRONG, "7"),
            sample("b", 2, Outcome.WRONG, "7"));

    assertThat(result.majority()).isEqualTo(0.5);
    assertThat(result.passAtK()).containsOnlyKeys(1, 2, 3);
    assertThat(result.passAtK().get(1)).isCloseTo(result.accuracy(), within(1e-12));
    assertThat(result.passAtK().get(3)).isEqualTo(1.0);
  }

  @Test
  void theOffloadRatioIsTakenOverAllTokens() {
    Result result = only(sample("a", 0, Outcome.RIGHT, "42"));

    assertThat(result.offloadRatio()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(result.tokens()).isEqualTo(3);
    assertThat(result.meanLatency()).isEqualTo(1);
  }

  @Test
  void gainsAreOverTheFirstContenderOnTheSameProblems() {
    List<Sample> samples =
        List.of(
            Samples.of(SMALL, "a", 0, Outcome.WRONG, "1"),
            Samples.of(SMALL, "b", 0, Outcome.RIGHT, "42"),
            sample("a", 0, Outcome.RIGHT, "42"),
            sample("b", 0, Outcome.RIGHT, "42"),
            sample("c", 0, Outcome.WRONG, "1"));

    List<Result> results = Results.of(List.of(SMALL, LEARNED), samples, 1);

    assertThat(results.getFirst().gain()).isNull();
    assertThat(results.getLast().gain())
        .satisfies(
            gain -> {
              assertThat(gain.over()).isEqualTo(SMALL);
              assertThat(gain.accuracy()).isEqualTo(0.5);
            });
  }

  @Test
  void theOrderInWhichSamplesCameChangesNothing() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(sample("p" + i, 0, i % 3 == 0 ? Outcome.RIGHT : Outcome.WRONG, "42"));
    }
    List<Sample> reversed = new ArrayList<>(samples);
    Collections.reverse(reversed);

    assertThat(Results.of(List.of(LEARNED), reversed, 1))
        .isEqualTo(Results.of(List.of(LEARNED), samples, 1));
  }

  private static Sample sample(String problem, int number, Outcome outcome, String answer) {
    return Samples.of(LEARNED, problem, number, outcome, answer);
  }

  private static Result only(Sample... samples) {
    return Results.of(List.of(LEARNED), List.of(samples), 1).getFirst();
  }

  private static Sample cut(Sample sample) {
    Trace trace = Objects.requireNonNull(sample.trace());
    return new Sample(
        sample.key(),
        sample.problem(),
        sample.seed(),
        sample.outcome(),
        sample.reason(),
        sample.answer(),
        new Trace(
            trace.segments(),
            trace.usage(),
            FinishReason.LENGTH,
            false,
            null,
            trace.seconds(),
            trace.tokenTimes(),
            trace.spans()));
  }
}
