package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordedAmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "five dollars and twenty-five cents | 5 dollars and 25 cents",
        "It took Two Hours and thirty minutes. | It took 2 Hours and 30 minutes.",
        "one hundred and five dollars, ten cents | 105 dollars, 10 cents",
        "six feet two inches | 6 feet 2 inches",
        "a: one dollar and one cent; b: two dollars and two cents"
            + " | a: 1 dollar and 1 cent; b: 2 dollars and 2 cents",
      })
  void twoUnitsOfOneAmountAreInDigits(String words, String digits) {
    assertThat(WordedAmounts.inDigits(words)).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "five dollars",
        "five apples and three pears",
        "five dollars and three hours",
        "thirty minutes and two hours",
        "half dollars and ten cents",
      })
  void allElseStays(String words) {
    assertThat(WordedAmounts.inDigits(words)).isEqualTo(words);
  }
}
