package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "5 km, length, 1000, 1",
    "5\\text{ km}, length, 1000, 1",
    "12 cm^2, length^2, 1, 10000",
    "12 square centimeters, length^2, 1, 10000",
    "3 meters cubed, length^3, 1, 1",
    "36 km/h, speed, 5, 18",
    "10 miles per hour, speed, 1397, 3125",
    "50 cents, money, 1, 100",
    "\\frac{1}{2} inches, length, 127, 5000",
  })
  void aUnitSaysWhatIsMeasured(String text, String dimension, int above, int below) {
    Quantity quantity = Objects.requireNonNull(Quantity.read(text));

    assertThat(quantity.unit().dimension()).isEqualTo(dimension);
    assertThat(quantity.unit().factor()).isEqualTo(new BigFraction(above, below));
  }

  @ParameterizedTest
  @CsvSource({
    "3 hours 20 minutes, 12000",
    "3 hours and 20 minutes, 12000",
    "1 h 30 min, 5400",
    "2 minutes 3.5 seconds, 123.5"
  })
  void severalUnitsAddUp(String text, double total) {
    Quantity quantity = Objects.requireNonNull(Quantity.read(text));

    assertThat(Objects.requireNonNull(quantity.total()).doubleValue()).isEqualTo(total);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3m", "12 apples", "2x + 3y", "20 minutes 3 hours", "m", "Tuesday"})
  void otherTextsAreNoQuantities(String text) {
    assertThat(Quantity.read(text)).isNull();
  }
}
