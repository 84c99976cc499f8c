package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B",
        "(B)",
        "( B )",
        "B.",
        "B)",
        "B: 42",
        "B. 42",
        "(B) 42",
        "\\text{B}",
        "\\text{(B)} 42",
        "Option B",
        "choice (B)",
        "b"
      })
  void aLetterIsChosenInManyWays(String answer) {
    assertThat(Choices.same("B", answer, answer)).isTrue();
    assertThat(Choices.same("(C)", answer, answer)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "B + 1", "Bob", "AB", "between"})
  void otherAnswersChooseNothing(String answer) {
    assertThat(Choices.same("B", answer, answer)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "AB", "x", "K", "a"})
  void otherReferencesAreNoChoices(String gold) {
    assertThat(Choices.same(gold, "B", "B")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Only the second one fits, so (B).; true",
        "It must be B.; true",
        "Comparing (B) with (C), the latter is larger; false",
      })
  void theLastLetterOfASentenceCounts(String response, boolean same) {
    assertThat(Choices.same("B", response, response)).isEqualTo(same);
  }
}
