package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCheckerTest {

  private static final AnswerChecker CHECKER = new AnswerChecker();

  @AfterAll
  static void close() {
    CHECKER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "42; 42; exact",
        "\\frac{1}{2}; \\dfrac { 1 } { 2 }; normalised",
        "B; (B) 42; choice",
        "x+y; x + {y}; structure",
        "\\text{Monday}; monday; text",
        "x = 5; 5; equation",
        "\\pm 2; -2, 2; plus-minus",
        "[2, 5); 2 \\le x < 5; interval",
        "a > b; b < a; inequality",
        "1, 2; 2, 1; list",
        "\\{1, 2\\}; 2, 1; set",
        "(1, 2); (1, 4/2); tuple",
        "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}; \\begin{pmatrix} 1 \\\\ 4/2 \\end{pmatrix};"
            + " matrix",
        "1 : 2; 2 : 4; ratio",
        "012_3; 12_{3}; base",
        "50\\%; 0.5; percent",
        "90^\\circ; 90; degrees",
        "0.5; 1/2; numeric",
        "x^2 - 1; (x - 1)(x + 1); symbolic",
      })
  void theMethodSaysWhatMadeTheAnswersEqual(String gold, String answer, String method) {
    assertThat(CHECKER.check(gold, answer)).isEqualTo(new Verdict(true, method));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1/3; 2/3; numeric",
        "x^2; x^3; probe",
        "(1, 2); (2, 1); tuple",
        "5; nothing at all; text",
        "A; (B); choice",
        "x > 5; x < 5; interval",
      })
  void theMethodSaysWhatToldTheAnswersApart(String gold, String answer, String method) {
    assertThat(CHECKER.check(gold, answer)).isEqualTo(new Verdict(false, method));
  }

  @Test
  void anAmountOfTwoUnitsInWordsIsOneAmount() {
    String words = "It costs five dollars and twenty-five cents.";
    assertThat(CHECKER.check("5.25", words).equal()).isTrue();
    assertThat(CHECKER.check("25", words).equal()).isFalse();
    assertThat(CHECKER.check("2.5", "two hours and thirty minutes").equal()).isTrue();
    assertThat(CHECKER.check("30", "two hours and thirty minutes").equal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5, ''", "'', 5", "'', ''", "' ', ' '", "5, '\\boxed{5'", "5, '$$'"})
  void aSideWithoutAnAnswerIsEqualToNothing(String gold, String answer) {
    assertThat(CHECKER.check(gold, answer)).isEqualTo(new Verdict(false, "empty"));
  }

  @Test
  void floatingPointAloneNeverMakesFormulasEqual() {
    // Equal in double precision; they differ in the 13th decimal.
    assertThat(CHECKER.check("e^{\\pi\\sqrt{163}}", "262537412640768744").equal()).isFalse();
  }

  @Test
  void aDecimalStandsForANumberOnlyFromFourDigitsOn() {
    assertThat(CHECKER.check("\\frac{2}{3}", "0.6667").equal()).isTrue();
    assertThat(CHECKER.check("\\frac{2}{3}", "0.667").equal()).isFalse();
    assertThat(CHECKER.check("\\frac{2}{3}", "0.6668").equal()).isFalse();
  }

  @Test
  void anAnswerWithFewerDigitsThanTheReferenceIsNotItsRounding() {
    assertThat(CHECKER.check("3.14159", "3.142").equal()).isFalse();
    assertThat(CHECKER.check("3.142", "3.14159").equal()).isTrue();
  }

  @Test
  void manyThreadsShareAChecker() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int n = 1; n <= 40; n++) {
        String gold = "x^2 - " + n * n;
        String answer = "(x - " + n + ")(x + " + n + ")";
        verdicts.add(threads.submit(() -> CHECKER.check(gold, answer)));
      }
      for (Future<Verdict> verdict : verdicts) {
        assertThat(verdict.get()).isEqualTo(new Verdict(true, "symbolic"));
      }
    }
  }

  @Test
  void aClosedCheckerStillDoesWhatNeedsNoComputerAlgebra() {
    AnswerChecker closed = new AnswerChecker();
    closed.close();

    assertThat(closed.check("1/2", "0.5").equal()).isTrue();
    assertThatThrownBy(() -> closed.check("x^2-1", "(x-1)(x+1)"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new CheckLimits(Duration.ZERO, 1, 256))
        .hasMessageContaining("must be above 0, not 0s");
    assertThatThrownBy(() -> new CheckLimits(Duration.ofSeconds(1), 0, 256))
        .hasMessageContaining("at least 1 worker");
    assertThatThrownBy(() -> new CheckLimits(Duration.ofSeconds(1), 1, 8))
        .hasMessageContaining("at least 64 MB, not 8");
  }
}
