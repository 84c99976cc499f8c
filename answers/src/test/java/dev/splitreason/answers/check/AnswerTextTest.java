package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {

  @Test
  void aShortTextIsItsOwnFirstCandidate() {
    assertThat(AnswerText.candidates(" 5 cm ")).first().isEqualTo("5 cm");
  }

  @Test
  void whatIsMarkedComesBeforeEverythingElse() {
    assertThat(AnswerText.candidates("First $3$.\nThen \\boxed{4}.\nI like 5."))
        .first()
        .isEqualTo("4");
  }

  @Test
  void withoutAMarkTheLastLineComesFirstAndThenItsEnd() {
    assertThat(AnswerText.candidates("We add 2 and 3.\nThus there are $5$ ways, 1 more than 4."))
        .containsExactly("there are $5$ ways, 1 more than 4.", "4", "$5$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a $1$ b $2$ c; $2$",
        "a \\(1\\) b \\[2\\] c; \\[2\\]",
        "a $$1$$ b; $$1$$",
        "a $\\$5$ b; $\\$5$",
        "a $1$ b $2; $1$",
        "a \\(1 b; ''",
        "a b; ''",
      })
  void theLastFormulaIsTheLastOneThatIsClosed(String text, String formula) {
    assertThat(LastFormula.in(text).text()).isEqualTo(formula);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "it costs 2,350.75 in all; 2,350.75",
        "it is -3 there; -3",
        "it is 3/4 there; 3/4",
        "it is 12.5% there; 12.5%",
        "see X7B there; ''",
      })
  void theLastNumberIsTakenWhole(String text, String number) {
    assertThat(AnswerText.candidates(text).getLast()).isEqualTo(number.isEmpty() ? text : number);
  }

  @Test
  void aValueOfSeveralNumbersIsNotItsLastNumber() {
    assertThat(AnswerText.candidates("3 hours 20 minutes")).containsExactly("3 hours 20 minutes");
    assertThat(AnswerText.candidates("\\boxed{3 hours 20 minutes}"))
        .containsExactly("3 hours 20 minutes");
  }

  @Test
  void aBoxThatIsNotClosedHidesWhatItHolds() {
    assertThat(AnswerText.candidates("It is 3. So \\boxed{17")).isEmpty();
  }
}
