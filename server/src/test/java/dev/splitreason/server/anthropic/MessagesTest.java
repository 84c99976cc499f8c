package dev.splitreason.server.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessagesTest {

  private static final String MESSAGES = "/v1/messages";

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
  void thinking_is_a_block_of_its_own_for_who_asks_for_it() {
    JsonNode without = server.document(MESSAGES, body(Map.of()));
    JsonNode with = server.document(MESSAGES, body(thinking(false)));

    assertThat(types(without)).containsExactly("text");
    assertThat(types(with)).containsExactly("thinking", "text");
    assertThat(with.get("content").get(1).get("text").asString()).contains("\\boxed{");
    assertThat(with.get("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(with.get("usage").get("output_tokens").asInt()).isPositive();
  }

  @Test
  void a_stream_has_the_blocks_piece_by_piece() {
    JsonNode whole = server.document(MESSAGES, body(thinking(false)));

    List<JsonNode> events = server.events(MESSAGES, body(thinking(true)));

    assertThat(events.getFirst().get("type").asString()).isEqualTo("message_start");
    assertThat(events.getLast().get("type").asString()).isEqualTo("message_stop");
    assertThat(joined(events, "thinking"))
        .isEqualTo(whole.get("content").get(0).get("thinking").asString());
    assertThat(joined(events, "text"))
        .isEqualTo(whole.get("content").get(1).get("text").asString());
    assertThat(events.stream().map(event -> event.get("type").asString()).distinct())
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
  }

  @Test
  void a_stop_sequence_is_told() {
    JsonNode document =
        server.document(MESSAGES, body(Map.of("stop_sequences", List.of("\\boxed"))));

    assertThat(document.get("stop_reason").asString()).isEqualTo("stop_sequence");
    assertThat(document.get("stop_sequence").asString()).isEqualTo("\\boxed");
  }

  @Test
  void errors_have_anthropics_shape() {
    HttpResponse<String> response = server.post(MESSAGES, body(Map.of("model", "nix")));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
  }

  private static Map<String, Object> thinking(boolean stream) {
    return Map.of("stream", stream, "thinking", Map.of("type", "enabled", "budget_tokens", 1024));
  }

  private static Map<String, Object> body(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "chain");
    body.put("max_tokens", 400);
    body.put("messages", List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
    body.putAll(more);
    return body;
  }

  private static List<String> types(JsonNode document) {
    return document
        .get("content")
        .valueStream()
        .map(block -> block.get("type").asString())
        .toList();
  }

  private static String joined(List<JsonNode> events, String field) {
    return events.stream()
        .map(event -> event.path("delta").path(field).asString(""))
        .collect(Collectors.joining());
  }
}
