package dev.splitreason.answers.check.symbolic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.answers.check.notation.AnswerReader;
import dev.splitreason.answers.check.notation.Conventions;
import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Spelling;
import java.util.Objects;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\frac{1}{2} + \\frac{1}{3}; 5; 6",
        "2^{10}; 1024; 1",
        "2^{-3}; 1; 8",
        "(-2)^3; -8; 1",
        "-2^2; -4; 1",
        "\\sqrt{\\frac{9}{4}}; 3; 2",
        "4^{3/2}; 8; 1",
        "5!; 120; 1",
        "7!!; 105; 1",
        "\\binom{7}{3}; 35; 1",
        "\\lfloor -1.5 \\rfloor; -2; 1",
        "\\lceil -1.5 \\rceil; -1; 1",
        "|-3|; 3; 1",
        "\\gcd(12, 18); 6; 1",
        "17 \\bmod 5; 2; 1",
        "(-1)^{1001}; -1; 1",
        "50\\%; 1; 2",
      })
  void rationalNumbersAreComputedExactly(String formula, int above, int below) {
    assertThat(ExactValue.of(read(formula))).isEqualTo(new BigFraction(above, below));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\sqrt{2}",
        "\\pi",
        "x",
        "\\frac{1}{0}",
        "0^0",
        "9^{9^9}",
        "9^{9^{9^9}}",
        "5000!",
        "\\sqrt{-4}",
        "2^{0.5}",
        "\\binom{3}{5}",
        "1.5!",
        "17 \\bmod 0"
      })
  void whatIsIrrationalUndefinedOrTooLargeHasNone(String formula) {
    assertThat(ExactValue.of(read(formula))).isNull();
  }

  private static Expression read(String formula) {
    return Objects.requireNonNull(
        AnswerReader.read(Spelling.unify(formula), Conventions.LIKELIEST));
  }
}
