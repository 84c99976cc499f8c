package dev.splitreason.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void whatIsSaidBesideTheBarEndsWhereTheBarsRoomBegins() {
    assertThat(Bar.cut("95.0 % right", 12)).isEqualTo("95.0 % right");
    assertThat(Bar.cut("95.0 % right", 7)).isEqualTo("95.0 %…");
    assertThat(Bar.cut("95.0 % right", 1)).isEmpty();
    assertThat(Bar.cut("95.0 % right", -20)).isEmpty();
  }
}
