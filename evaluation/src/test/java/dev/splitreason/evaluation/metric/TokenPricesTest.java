package dev.splitreason.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.trace.Usage;
import dev.splitreason.evaluation.metric.TokenPrices.Price;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPricesTest {

  @Test
  void whatIsReadAndWhatIsWrittenIsPaidForKeptOrNot() {
    var prices = new TokenPrices(Price.parse("1/10"), Price.parse("100/1000"));

    assertThat(prices.of(new Usage(5, 3, 2, 4, 7, 6)))
        .isCloseTo((7 * 1 + (5 + 4) * 10 + 6 * 100 + (3 + 2) * 1000) / 1e6, within(1e-12));
  }

  @Test
  void oneNumberIsForBoth() {
    assertThat(Price.parse("0.4")).isEqualTo(new Price(0.4, 0.4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1/2/3", "-1", "1/", "NaN"})
  void anythingElseIsNoPrice(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Price.parse(text));
  }
}
