package dev.splitreason.core.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathDelimitersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$x+1$ and; x+1",
        "$$x$$; x",
        "\\(x\\); x",
        "\\[x\\]; x",
        "$5$.; 5",
        "$ 5 $; ' 5 '",
        "$\\$5$; \\$5",
        "$100 \\text{ dollars and cents}$; 100 \\text{ dollars and cents}",
      })
  void aFormulaIsWhatItsDelimitersEnclose(String text, String inside) {
    MathDelimiters.Formula formula = Objects.requireNonNull(MathDelimiters.at(text, 0));

    assertThat(formula.inside()).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$100 - $40 = $60",
        "$5 per egg and $6",
        "$57,500.",
        "$, then she earned 20*65 = $1300",
        "$$",
        "\\(1",
        "x$"
      })
  void moneyIsNoFormula(String text) {
    assertThat(MathDelimiters.at(text, 0)).isNull();
  }

  @Test
  void delimitersThatCloseNothingAreSkippedInLinearTime() {
    String open = "\\[ $3 \\( ".repeat(20_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < open.length(); i++) {
            MathDelimiters.at(open, i);
          }
        });
  }
}
