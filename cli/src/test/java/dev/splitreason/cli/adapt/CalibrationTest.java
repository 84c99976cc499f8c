package dev.splitreason.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void findsWhereTheShareIs() throws Exception {
    double setting = new Calibration(0, 4, 7).find(0.05, at -> Math.exp(-at));
    assertThat(Math.exp(-setting)).isCloseTo(0.05, within(0.005));
  }

  @Test
  void whereNothingMovesTheShareTheMiddleStays() throws Exception {
    assertThat(new Calibration(-6, 6, 5).find(0.05, _ -> 0)).isZero();
  }
}
