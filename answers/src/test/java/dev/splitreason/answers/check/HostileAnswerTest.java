package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are made to hang, crash or exhaust a checker cost at most its limits. */
class HostileAnswerTest {

  /** Far above what any of these takes: a test that hangs must end. */
  private static final Duration ENDS = Duration.ofMinutes(2);

  private static final AnswerChecker CHECKER =
      new AnswerChecker(new CheckLimits(Duration.ofMillis(500), 2, 128));

  @AfterAll
  static void close() {
    CHECKER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9^{9^{9^9}}",
        "9^{9^{9^9}}-9^{9^{9^9}}",
        "9!!!!!!!!!",
        "\\sum_{k=1}^{10^{12}} \\sin k",
        "(x+1)^{100000}",
        "\\binom{10^9}{5\\cdot 10^8}",
        "\\gcd(9^{9^9}, 7^{7^7})",
        "10^{-9999999999}",
        "1e9999",
        "\\lfloor 10^{10^{10}} \\pi \\rfloor",
        "\\sin(10^{10^{10}})"
      })
  void anExpressionTooLargeToComputeIsNotFive(String expression) {
    assertThat(check("5", expression).equal()).isFalse();
  }

  @Test
  void whatComputerAlgebraCannotDecideInTimeIsGivenUpAndTheNextCheckGoesOn() {
    assertThat(check("9^{9^{9^9}}", "1 + 9^{9^{9^9}} - 1")).isEqualTo(new Verdict(false, "limit"));
    assertThat(check("x^2-1", "(x-1)(x+1)")).isEqualTo(new Verdict(true, "symbolic"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "(",
        "[",
        "|",
        "\\{",
        "\\frac",
        "\\frac{",
        "\\sqrt",
        "\\sqrt[",
        "^{",
        "_{",
        "-",
        "x^",
        "\\boxed{",
        "\\boxed",
        "$",
        "\\(",
        "\\[",
        "\\text{",
        "\\text",
        "\\left(",
        "\\begin{pmatrix}",
        "!",
        "'",
        "1,",
        "1,000",
        "1 ",
        "1/",
        "\\pm 1 ",
        "\\pm(",
        "1\\pm",
        "and ",
        "\\log_",
        "\\sin ",
        "\\\\",
        "the answer is ",
        "answer",
        "final answer ",
        "<answer>",
        "\\overline{",
        "a_",
        "\\",
        "é",
        "½"
      })
  void tenThousandOfAnythingIsNotFive(String piece) {
    assertThat(check("5", piece.repeat(10_000)).equal()).isFalse();
    assertThat(check(piece.repeat(10_000), "5").equal()).isFalse();
  }

  @Test
  void tenThousandBalancedBracesAreReadOrGivenUp() {
    String deep = "{".repeat(10_000) + "5" + "}".repeat(10_000);
    assertThat(check("6", deep).equal()).isFalse();
    assertThat(check("6", "\\boxed{" + deep + "}").equal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2\\frac{; }{3}",
        "\\text{1 ; }",
        "\\sqrt[; ]{2}",
        "\\{; \\}",
        "|; |",
        "x^{; }",
        "\\sin(; )",
        "\\boxed{; }",
        "\\begin{pmatrix}; \\end{pmatrix}",
      })
  void nestingIsReadOnceHoweverDeepItIs(String open, String close) {
    for (int depth : new int[] {20, 90, 400}) {
      assertThat(check("7", open.repeat(depth) + "5" + close.repeat(depth)).equal()).isFalse();
    }
  }

  @Test
  void longProductsOfMatricesAreComputedOrGivenUp() {
    String numbers = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}".repeat(60);
    String letters = "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}".repeat(60);
    String one = "\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}";
    assertThat(check(one, numbers).equal()).isFalse();
    assertThat(check(one, letters).equal()).isFalse();
  }

  @Test
  void longListsInAnotherOrderAreComparedOrGivenUp() {
    StringBuilder up = new StringBuilder();
    StringBuilder down = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      up.append(i).append(", ");
      down.append(499 - i).append(", ");
    }
    assertThat(check("\\{" + up + "x\\}", "\\{" + down + "y\\}").equal()).isFalse();
  }

  @Test
  void aLongResponseIsSearchedInTimeThatGrowsWithItsLength() {
    String thought = "Let $x = 3$, so $x^2 = 9$ and (x, y) = (3, 4). ".repeat(20_000);
    assertThat(check("9", "<think>" + thought + "</think> \\boxed{9}").equal()).isTrue();
    assertThat(check("5", thought).equal()).isFalse();
  }

  private static Verdict check(String gold, String answer) {
    return assertTimeoutPreemptively(ENDS, () -> CHECKER.check(gold, answer));
  }
}
