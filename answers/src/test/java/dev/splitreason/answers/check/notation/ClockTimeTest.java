package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTimeTest {

  @ParameterizedTest
  @CsvSource({
    "3:30 PM, 3:30 p.m, true",
    "3:30 PM, 15:30, true",
    "3:30 PM, 3:30, true",
    "9\\text{ a.m.}, 9:00 AM, true",
    "12:15 AM, 0:15, true",
    "12 pm, 12:00, true",
    "3:30 PM, 3:30 AM, false",
    "9 a.m, 9 p.m, false",
    "15:30, 3:30 AM, false",
    "10:45, 10:54, false",
  })
  void aTimeIsTheSameHoweverItIsWritten(String one, String other, boolean same) {
    ClockTime first = Objects.requireNonNull(ClockTime.read(one));
    ClockTime second = Objects.requireNonNull(ClockTime.read(other));

    assertThat(first.isSameAs(second)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "25:00", "3:75", "13 pm", "am", "2x am", "x:30"})
  void otherTextsAreNoTimes(String text) {
    assertThat(ClockTime.read(text)).isNull();
  }
}
