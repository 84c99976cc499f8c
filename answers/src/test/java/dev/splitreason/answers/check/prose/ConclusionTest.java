package dev.splitreason.answers.check.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConclusionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Her annual salary is $57,500.; 57,500",
        "Thus, 5 people remain after 3 leave.; 5",
        "It would take 15 hours to clean 45 rooms.; 15 hours",
        "It would take 840 minutes to groom 5 dogs and 3 cats.; 840 minutes",
        "After 3 years, the tree has 8 branches.; 8",
        "Therefore 12 of the 30 students walk.; 12",
        "So the total cost is 40, not 50.; 40",
        "The total isn't $50, it is $40.; 40",
        "What is not ready is 21.; 21",
        "The maximum is 3, attained at x = 1.; 3",
        "He keeps 6 since 10 - 4 = 6.; 6",
        "It is 16.6, which rounds up to 17.; 17",
        "He was 7-1=6th.; 6",
        "Mr. Smith has 7 cats.; 7",
      })
  void whatStandsBeforeAValueSaysWhetherItIsTheOne(String sentence, String value) {
    assertThat(Conclusion.values(sentence, false)).first().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bailey started with $100 - $40 = $60; 60",
        "So he makes 60*2=$120 in 2 weeks.; 120",
        "That is 90 minutes / 450 minutes * 100% = 20%; 20%",
        "She used 10x6=60 tickets.; 60",
        "The flour weighs 500g - 130g = 370g.; 370 g",
      })
  void theResultOfASumComesBeforeOtherValues(String sentence, String value) {
    assertThat(Conclusion.values(sentence, false)).first().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "The solutions are $1$, $2$ and $3$.; 1, 2, 3",
        "Thus x = 6 or x = -1.; x = 6, x = -1",
        "So 3Y = 120 or Y = 40.; Y = 40",
        "He has 3 apples and 4 pears, so 7 in all.; 7",
      })
  void valuesInARowAreOneList(String sentence, String value) {
    assertThat(Conclusion.values(sentence, false)).first().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Janet makes **$18** every day at 2 markets.; 18",
        "It takes **3 bolts** in total.; 3",
        "The total is **204** dollars.; 204",
      })
  void boldTypeComesBeforeEverything(String sentence, String value) {
    assertThat(Conclusion.values(sentence, false)).first().asString().startsWith(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"There are five apples left.; five", "She is twenty-five years old.; twenty-five"})
  void aNumberMayBeWritten(String sentence, String value) {
    assertThat(Conclusion.values(sentence, false)).containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"The answer is not 18.", "It can't be 50.", "It is Tuesday.", ""})
  void aSentenceMayStateNoValue(String sentence) {
    assertThat(Conclusion.values(sentence, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "34 students, false",
    "3 hours 20 minutes, false",
    "6 and 8, false",
    "The sum is 5, true",
    "5 is the largest of them, true",
  })
  void wordsBeforeAValueOrManyBehindItMakeASentence(String text, boolean sentence) {
    assertThat(Conclusion.isSentence(text, false)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "\\{",
        "\\begin{a}",
        "\\text{",
        "$",
        "$1",
        "**",
        "1,",
        "1 ",
        "a-",
        "x",
        "(1",
        "is 5 ",
        "not ",
        "five ",
        "because 1, ",
        "\\frac",
        "=",
        "5=",
        "f(",
        ":",
        "not 5 and "
      })
  void tenThousandOfAnythingIsReadInTime(String piece) {
    String text = piece.repeat(10_000);
    List<String> values =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              Conclusion.isSentence(text, true);
              return Conclusion.values(text, false);
            });
    assertThat(values).hasSizeLessThan(3);
  }
}
