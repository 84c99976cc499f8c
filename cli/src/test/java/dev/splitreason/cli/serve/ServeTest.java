package dev.splitreason.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command as a service: what it prints, what it answers, how it ends. */
class ServeTest {

  private static final String QUESTION =
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last"
          + " two digits.";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ServingProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServingProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tells_where_it_is_once_all_pairs_answer() throws Exception {
    assertThat(server.ready().get("url").asString()).startsWith("http://127.0.0.1:");
    assertThat(server.ready().get("models").get(0).asString()).isEqualTo("chain");
    assertThat(server.get("/health/ready").get("status").asString()).isEqualTo("ok");
    assertThat(server.get("/v1/models").get("data").get(0).get("id").asString()).isEqualTo("chain");
  }

  @Test
  void answers_as_ask_does_whole_and_streamed() throws Exception {
    JsonNode asked = CommandProcess.run("ask", "--json", QUESTION).json();

    JsonNode whole = server.post("/v1/chat/completions", question("chain", false));
    List<JsonNode> events = server.stream("/v1/chat/completions", question("chain", true));

    assertThat(segments(whole.get("splitreason"))).isEqualTo(segments(asked));
    assertThat(segments(events.getLast().get("splitreason"))).isEqualTo(segments(asked));
    JsonNode message = whole.get("choices").get(0).get("message");
    assertThat(joined(events, "reasoning")).isEqualTo(message.get("reasoning").asString());
    assertThat(joined(events, "content")).isEqualTo(message.get("content").asString());
    assertThat(message.get("reasoning").asString() + "</think>" + message.get("content").asString())
        .isEqualTo(asked.get("text").asString().replaceAll("</?bigmodel>", ""));
  }

  @Test
  void ends_when_it_is_asked_to() throws IOException {
    try (var own = ServingProcess.start()) {
      CommandProcess.Result result = own.terminate();

      assertThat(result.status()).isEqualTo(143);
      assertThat(result.err().lines().toList().getLast()).startsWith("serve: ready at http://");
    }
  }

  @Test
  void a_new_key_is_let_in_by_the_lines_that_come_with_it() throws Exception {
    List<String> printed = CommandProcess.run("serve", "--new-key", "alice").out().lines().toList();
    Path file = folder.resolve("keys.yaml");
    Files.write(file, printed.subList(1, printed.size()));

    try (var own = ServingProcess.start("--config", file.toString())) {
      assertThat(own.get("/v1/models").get("error").get("code").asString())
          .isEqualTo("invalid_api_key");
      assertThat(own.getWithKey("/v1/models", printed.getFirst()).has("data")).isTrue();
    }
  }

  @Test
  void a_wrong_setting_is_told_with_its_line() throws IOException {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, "server:\n  limits:\n    queu: 3\n");

    CommandProcess.Result result = CommandProcess.run("serve", "--config", file.toString());

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "splitreason: "
                + file
                + ":3: unknown key 'queu' in server.limits; did you mean 'queue'?\n");
  }

  private static Map<String, Object> question(String model, boolean stream) {
    return Map.of(
        "model",
        model,
        "stream",
        stream,
        "messages",
        List.of(Map.of("role", "user", "content", QUESTION)));
  }

  private static String segments(JsonNode trace) {
    return trace
        .get("segments")
        .valueStream()
        .map(s -> s.get("author") + " " + s.get("text") + " " + s.get("tokens"))
        .collect(Collectors.joining("\n"));
  }

  private static String joined(List<JsonNode> events, String field) {
    return events.stream()
        .flatMap(event -> event.get("choices").valueStream())
        .map(choice -> choice.get("delta").path(field).asString(""))
        .collect(Collectors.joining());
  }
}
