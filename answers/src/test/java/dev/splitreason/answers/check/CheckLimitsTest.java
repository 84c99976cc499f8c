package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckLimitsTest {

  @Test
  void aTimeIsToldAsPeopleWriteIt() {
    assertThatThrownBy(() -> CheckLimits.DEFAULT.withSymbolicTime(Duration.ZERO))
        .isInstanceOf(UserMistake.class)
        .hasMessage("the time for symbolic answers must be above 0, not 0s");
  }
}
