package dev.splitreason.files.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TraceJsonTest {

  @Test
  void noTraceIsItsFieldsWithNulls() {
    JsonNode none = TraceJson.write(null);

    assertThat(none.propertyNames())
        .containsExactly(
            "segments",
            "usage",
            "finish_reason",
            "degraded",
            "degraded_because",
            "seconds",
            "token_times",
            "pair");
    assertThat(none).allMatch(JsonNode::isNull);
    assertThat(TraceJson.read(none)).isNull();
  }

  @Test
  void segmentsAreReadOfAnythingThatHasThem() {
    assertThat(
            TraceJson.segments(
                json("{\"answer\":7,\"segments\":[{\"author\":\"large\",\"tokens\":2}]}")))
        .containsExactly(new Segment(Author.LARGE, "", 2, 0, 0));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRefused("{}", "no list of segments");
    assertRefused("{\"segments\":[]}", "no usage");
    assertRefused("{\"segments\":[{\"author\":\"small\"}]}", "a segment without its number");
    assertRefused("{\"segments\":[],\"usage\":{\"small_tokens\":1}}", "usage: ");
  }

  private static void assertRefused(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TraceJson.read(json(line)))
        .withMessageStartingWith(message);
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }
}
