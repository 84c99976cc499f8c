package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberWordsTest {

  @ParameterizedTest
  @CsvSource({
    "zero, 0, 1",
    "twelve, 12, 1",
    "Twenty-five, 25, 1",
    "one hundred and five, 105, 1",
    "a hundred, 100, 1",
    "two thousand three hundred forty, 2340, 1",
    "three million, 3000000, 1",
    "two dozen, 24, 1",
    "half, 1, 2",
    "one half, 1, 2",
    "a third, 1, 3",
    "three quarters, 3, 4",
    "two-thirds, 2, 3",
  })
  void aPhraseIsANumber(String phrase, int above, int below) {
    assertThat(NumberWords.read(phrase)).isEqualTo(new BigFraction(above, below));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "and", "five apples", "one two", "hundred and", "twenty thirty"})
  void otherPhrasesAreNone(String phrase) {
    assertThat(NumberWords.read(phrase)).isNull();
  }
}
