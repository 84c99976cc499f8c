package dev.splitreason.answers.check.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.answers.check.notation.AnswerReader;
import dev.splitreason.answers.check.notation.Conventions;
import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.symbolic.Probe.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x^2; x^3; DIFFERENT",
        "(x+1)^2; x^2+2x+1; ALIKE",
        "\\sqrt{x^2}; |x|; ALIKE",
        "\\sqrt{x^2}; x; DIFFERENT",
        "\\ln(xy); \\ln x + \\ln y; ALIKE",
        "\\sqrt{x}\\sqrt{y}; \\sqrt{xy}; ALIKE",
        "(1+i)^2; 2i; ALIKE",
        "3+4i; 3-4i; DIFFERENT",
        "\\sin 30^\\circ; 1/2; ALIKE",
        "9^{9^{9^9}}; 5; DIFFERENT",
        "9^{9^{9^9}}; 8^{9^{9^9}}; SILENT",
        "\\frac{1}{9^{9^9}}; 0; ALIKE",
        "f(x); x; SILENT",
        "n!; n \\cdot (n-1)!; ALIKE",
        "10^{15}+\\sqrt{2}-10^{15}; \\sqrt{2}; ALIKE",
      })
  void pointsRefuteAndNeverProve(String left, String right, Outcome outcome) {
    assertThat(Probe.compare(read(left), read(right))).isEqualTo(outcome);
    assertThat(Probe.compare(read(right), read(left))).isEqualTo(outcome);
  }

  @Test
  void proportionalFormulasHaveOneFactorEverywhere() {
    assertThat(Probe.factor(read("2x-4y"), read("2y-x"))).isCloseTo(-2, within(1e-9));
    assertThat(Probe.factor(read("2x-4y"), read("2y+x"))).isNaN();
    assertThat(Probe.factor(read("f(x)"), read("f(x)"))).isNaN();
  }

  private static Expression read(String formula) {
    return Objects.requireNonNull(
        AnswerReader.read(Spelling.unify(formula), Conventions.LIKELIEST));
  }
}
