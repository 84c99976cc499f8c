package dev.splitreason.files.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {

  private enum Outcome {
    RIGHT
  }

  private record Line(Outcome outcome, int count, List<String> names) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outcome\":\"lost\"}",
        "{\"outcome\":{}}",
        "{\"count\":\"many\"}",
        "{\"count\":null}",
        "{\"names\":3}",
        "[]",
        "3"
      })
  void aComplaintNamesNoClass(String json) {
    JacksonException refused =
        catchThrowableOfType(JacksonException.class, () -> Json.MAPPER.readValue(json, Line.class));

    assertThat(Json.complaint(refused))
        .isNotBlank()
        .doesNotContain("dev.splitreason", "java.", "$", "Jackson");
  }
}
