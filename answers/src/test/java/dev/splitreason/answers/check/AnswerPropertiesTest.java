package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.lifecycle.AfterContainer;

class AnswerPropertiesTest {

  private static final AnswerChecker CHECKER =
      new AnswerChecker(new CheckLimits(Duration.ofMillis(200), 1, 256));

  @AfterContainer
  static void close() {
    CHECKER.close();
  }

  @Property
  void everyAnswerEqualsItself(@ForAll @NotBlank String answer) {
    assertThat(CHECKER.check(answer, answer).equal()).isTrue();
  }

  @Property
  void anAnswerEqualsItselfInABox(@ForAll("formulas") String formula) {
    assertThat(CHECKER.check(formula, "So it is $\\boxed{" + formula + "}$.").equal()).isTrue();
  }

  @Property
  void anyTwoTextsGetAVerdict(@ForAll String gold, @ForAll String answer) {
    assertThat(CHECKER.check(gold, answer).method()).isNotBlank();
  }

  @Property(tries = 300)
  void anyTwoTextsOfLatexGetAVerdict(@ForAll("latex") String gold, @ForAll("latex") String answer) {
    assertThat(CHECKER.check(gold, answer).method()).isNotBlank();
  }

  @Property
  void exactNumbersAreComparedTheSameFromBothSides(
      @ForAll("numbers") String one, @ForAll("numbers") String other) {
    assertThat(CHECKER.check(one, other)).isEqualTo(CHECKER.check(other, one));
  }

  @Property
  void aFractionEqualsItsMultiples(
      @ForAll @IntRange(min = -999, max = 999) int above,
      @ForAll @IntRange(min = 1, max = 999) int below,
      @ForAll @IntRange(min = 2, max = 99) int factor) {
    String multiple = "\\dfrac{" + above * factor + "}{" + below * factor + "}";
    assertThat(CHECKER.check(above + "/" + below, multiple).equal()).isTrue();
    assertThat(CHECKER.check(above + "/" + (below + 1), multiple).equal()).isEqualTo(above == 0);
  }

  @Property
  void groupedDigitsAreTheSameNumber(@ForAll @IntRange(min = 1000) int number) {
    String grouped = "%,d".formatted(number);
    assertThat(CHECKER.check(String.valueOf(number), grouped).equal()).isTrue();
    assertThat(CHECKER.check(String.valueOf(number), grouped.replace(",", "{,}")).equal()).isTrue();
    assertThat(CHECKER.check(String.valueOf(number - 1), grouped).equal()).isFalse();
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.integers()
        .between(-30, 30)
        .flatMap(
            number ->
                Arbitraries.of(
                    String.valueOf(number),
                    number + ".0",
                    "\\frac{" + 2 * number + "}{2}",
                    "\\frac{" + number + "}{3}",
                    number + "/6",
                    number + " \\cdot 10^{-1}"));
  }

  @Provide
  Arbitrary<String> formulas() {
    Arbitrary<String> atoms = Arbitraries.of("x", "2", "\\pi", "y_1", "0.5", "n!", "\\sqrt{3}");
    Arbitrary<String> wrapped =
        Combinators.combine(
                Arbitraries.of("%s", "\\frac{%s}{7}", "\\left(%s\\right)^{2}", "\\sin(%s)"), atoms)
            .as(String::formatted);
    return wrapped.list().ofMinSize(1).ofMaxSize(3).map(terms -> String.join(" + ", terms));
  }

  /** Well-formed, ill-formed and half-finished pieces in any order. */
  @Provide
  Arbitrary<String> latex() {
    return Arbitraries.of(
            "\\frac",
            "{",
            "}",
            "1",
            "2",
            "x",
            "n",
            "^",
            "_",
            "(",
            ")",
            "[",
            "]",
            "\\{",
            "\\}",
            ",",
            "\\boxed{",
            "\\sqrt",
            "\\pm",
            "=",
            "<",
            "\\le",
            "\\cup",
            "|",
            "!",
            "%",
            "\\text{",
            "and",
            "or",
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "&",
            "\\\\",
            "$",
            "\\infty",
            "\\sin",
            "\\log",
            "\\sum_{k=1}^{3}",
            "+",
            "-",
            "/",
            ".",
            ":",
            "\\circ",
            "\\in",
            "e",
            "i",
            " cm",
            "\\",
            "\\ln",
            "0.3",
            "\\overline{3}",
            "\\begin{cases}",
            "\\binom",
            "\\choose",
            "\\bmod",
            "\\setminus")
        .list()
        .ofMaxSize(14)
        .map(pieces -> String.join("", pieces));
  }
}
