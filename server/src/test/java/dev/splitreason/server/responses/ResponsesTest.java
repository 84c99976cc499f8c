package dev.splitreason.server.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResponsesTest {

  private static final String RESPONSES = "/v1/responses";

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @BeforeAll
  static void start() {
    server = BundledServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void reasoning_and_message_are_items() {
    JsonNode document = server.document(RESPONSES, body(Map.of()));

    assertThat(document.get("status").asString()).isEqualTo("completed");
    assertThat(document.get("output").valueStream().map(item -> item.get("type").asString()))
        .containsExactly("reasoning", "message");
    assertThat(document.get("output").get(1).get("content").get(0).get("text").asString())
        .contains("\\boxed{");
    assertThat(document.get("usage").get("output_tokens_details").get("reasoning_tokens").asInt())
        .isPositive();
  }

  @Test
  void events_tell_the_same_in_order() {
    Object input =
        List.of(
            Map.of(
                "role",
                "user",
                "content",
                List.of(Map.of("type", "input_text", "text", BundledServer.QUESTION))));
    JsonNode whole = server.document(RESPONSES, body(Map.of()));

    List<JsonNode> events = server.events(RESPONSES, body(Map.of("stream", true, "input", input)));

    assertThat(events.stream().map(event -> event.get("sequence_number").asInt()))
        .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
    assertThat(events.getFirst().get("type").asString()).isEqualTo("response.created");
    assertThat(events.getLast().get("type").asString()).isEqualTo("response.completed");
    assertThat(joined(events, "response.reasoning_text.delta")).isEqualTo(text(whole, 0));
    assertThat(joined(events, "response.output_text.delta")).isEqualTo(text(whole, 1));
    assertThat(text(events.getLast().get("response"), 1)).isEqualTo(text(whole, 1));
  }

  @Test
  void an_answer_that_is_cut_off_is_incomplete() {
    JsonNode document = server.document(RESPONSES, body(Map.of("max_output_tokens", 5)));

    assertThat(document.get("status").asString()).isEqualTo("incomplete");
    assertThat(document.get("incomplete_details").get("reason").asString())
        .isEqualTo("max_output_tokens");
  }

  @Test
  void what_needs_earlier_responses_is_refused_by_name() {
    JsonNode document = server.document(RESPONSES, body(Map.of("previous_response_id", "resp_1")));

    assertThat(document.get("error").get("param").asString()).isEqualTo("previous_response_id");
  }

  private static Map<String, Object> body(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "chain");
    body.put("input", BundledServer.QUESTION);
    body.putAll(more);
    return body;
  }

  private static String text(JsonNode response, int item) {
    return response.get("output").get(item).get("content").get(0).get("text").asString();
  }

  private static String joined(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.get("type").asString().equals(type))
        .map(event -> event.get("delta").asString())
        .collect(Collectors.joining());
  }
}
