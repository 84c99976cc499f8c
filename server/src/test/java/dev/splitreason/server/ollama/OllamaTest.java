package dev.splitreason.server.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OllamaTest {

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
  void a_chat_streams_lines_unless_told_otherwise() {
    JsonNode whole = server.document("/api/chat", chat(Map.of("stream", false)));

    List<JsonNode> lines =
        server
            .post("/api/chat", chat(Map.of()))
            .body()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .toList();

    assertThat(joined(lines, "content")).isEqualTo(whole.get("message").get("content").asString());
    assertThat(joined(lines, "thinking"))
        .isEqualTo(whole.get("message").get("thinking").asString());
    JsonNode last = lines.getLast();
    assertThat(last.get("done").asBoolean()).isTrue();
    assertThat(last.get("done_reason").asString()).isEqualTo("stop");
    assertThat(last.get("eval_count")).isEqualTo(whole.get("eval_count"));
  }

  @Test
  void a_generation_has_a_response_and_may_be_raw() {
    Map<String, Object> options = Map.of("num_predict", 8, "temperature", 0);

    JsonNode asked = generate(BundledServer.QUESTION, false, options);
    JsonNode raw = generate(BundledServer.PROMPT, true, options);

    assertThat(raw.get("response").asString()).isEqualTo(asked.get("thinking").asString());
    assertThat(raw.get("done_reason").asString()).isEqualTo("length");
  }

  @Test
  void tags_name_the_pairs_as_chats_take_them() {
    JsonNode tag = server.get("/api/tags").get("models").get(0);

    assertThat(tag.get("name").asString()).isEqualTo("chain:latest");
    assertThat(
            server
                .document("/api/chat", chat(Map.of("model", "chain:latest", "stream", false)))
                .has("message"))
        .isTrue();
  }

  @Test
  void errors_have_ollamas_shape() {
    assertThat(server.post("/api/chat", chat(Map.of("format", "json"))).body())
        .isEqualTo("{\"error\":\"the field 'format' is not supported here\"}");
  }

  private static JsonNode generate(String prompt, boolean raw, Map<String, Object> options) {
    return server.document(
        "/api/generate",
        Map.of(
            "model", "chain", "prompt", prompt, "raw", raw, "stream", false, "options", options));
  }

  private static Map<String, Object> chat(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "chain");
    body.put("messages", List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
    body.putAll(more);
    return body;
  }

  private static String joined(List<JsonNode> lines, String field) {
    return lines.stream()
        .map(line -> line.get("message").path(field).asString(""))
        .collect(Collectors.joining());
  }
}
