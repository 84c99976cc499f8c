package dev.splitreason.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "modle, model",
    "models, model",
    "temprature, temperature",
    "MODEL, ",
    "chunk, ",
    "zz, ",
    "xs, xy",
    "'', ",
  })
  void namesTheNearestWordIfOneIsNear(String word, String nearest) {
    assertThat(Suggestion.after(word, List.of("temperature", "model", "seed", "xy")))
        .isEqualTo(nearest == null ? "" : "; did you mean '" + nearest + "'?");
  }
}
