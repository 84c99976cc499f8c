package dev.splitreason.server.openai;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAI's completions say here, field by field. */
class CompletionsTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String COMPLETIONS = "/v1/completions";

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
  void reasoning_has_both_names_and_no_tags() {
    JsonNode message = chat(Map.of()).get("choices").get(0).get("message");

    assertThat(message.get("reasoning").asString()).contains("\n").doesNotContain("bigmodel");
    assertThat(message.get("reasoning_content")).isEqualTo(message.get("reasoning"));
    assertThat(message.get("content").asString()).startsWith("\n<answer>");
  }

  @Test
  void tags_stay_if_asked_for() {
    JsonNode message =
        chat(Map.of("offload", Map.of("tags", true))).get("choices").get(0).get("message");

    assertThat(message.get("reasoning").asString()).contains("<bigmodel>", "</bigmodel>");
  }

  @Test
  void an_answer_tells_when_each_model_worked_and_what_for() {
    JsonNode extension = chat(Map.of()).get("splitreason");
    double total = extension.get("timings").get("total_ms").asDouble();

    List<String> done =
        extension
            .get("work")
            .valueStream()
            .map(work -> work.get("author").asString() + " " + work.get("kind").asString())
            .toList();
    assertThat(done)
        .contains("small prefill", "small decode", "small score", "large prefill", "large decode");
    assertThat(extension.get("work").valueStream())
        .allSatisfy(
            work ->
                assertThat(work.get("end_ms").asDouble())
                    .isGreaterThanOrEqualTo(work.get("start_ms").asDouble())
                    .isLessThan(total + 1000));
  }

  @Test
  void every_piece_of_a_stream_says_whose_it_is() {
    List<JsonNode> events = server.events(CHAT, body(Map.of("stream", true)));
    JsonNode segments = events.getLast().get("splitreason").get("segments");

    Map<Integer, String> texts = new HashMap<>();
    for (JsonNode event : events.subList(1, events.size() - 1)) {
      JsonNode origin = event.get("splitreason");
      int segment = origin.get("segment").asInt();
      assertThat(origin.get("author")).isEqualTo(segments.get(segment).get("author"));
      JsonNode delta = event.get("choices").get(0).get("delta");
      texts.merge(
          segment,
          delta.path("reasoning").asString("") + delta.path("content").asString(""),
          String::concat);
    }
    for (int i = 0; i < segments.size(); i++) {
      String text = segments.get(i).get("text").asString();
      assertThat(texts.get(i)).isEqualTo(text.replaceAll("</?bigmodel>|</think>", ""));
    }
    assertThat(segments.valueStream().map(s -> s.get("author").asString())).contains("large");
  }

  @ParameterizedTest
  @CsvSource({
    "chain:small, 0, 0",
    "chain:large, 1, 1",
    "chain:random-0.5, 0.2, 0.8",
    "chain:entropy-0.0, 0.9, 1",
    "chain:glimpse-0.0, 0.8, 1",
    "chain:judged-0.2, 0.05, 0.9",
    "chain:cues-*, 0.05, 0.9",
    "chain:route-0.0, 1, 1",
    "chain:max-0.01, 0, 0.01",
    "chain:latest, 0.01, 0.2"
  })
  void the_models_name_says_who_writes(String model, double least, double most) {
    JsonNode document = chat(Map.of("model", model));

    assertThat(document.get("splitreason").get("offload_ratio").asDouble()).isBetween(least, most);
    assertThat(document.get("model").asString()).isEqualTo(model);
  }

  @Test
  void the_offload_object_wins_over_the_name() {
    Map<String, Object> offload = Map.of("policy", "large", "mode", "sequential");

    JsonNode document = chat(Map.of("model", "chain:small", "offload", offload));

    assertThat(document.get("splitreason").get("offload_ratio").asDouble()).isEqualTo(1);
  }

  @Test
  void usage_adds_up() {
    JsonNode document = chat(Map.of());
    JsonNode usage = document.get("usage");
    JsonNode details = usage.get("completion_tokens_details");

    int tokens = usage.get("completion_tokens").asInt();
    assertThat(details.get("small_tokens").asInt() + details.get("large_tokens").asInt())
        .isEqualTo(tokens);
    assertThat(details.get("reasoning_tokens").asInt()).isBetween(1, tokens - 1);
    int ids =
        server
            .document("/tokenize", Map.of("model", "chain", "prompt", BundledServer.PROMPT))
            .get("count")
            .asInt();
    assertThat(usage.get("prompt_tokens").asInt()).isEqualTo(ids);
  }

  @Test
  void a_raw_prompt_gives_the_chats_answer() {
    JsonNode chat = chat(Map.of());
    JsonNode ids =
        server
            .document("/tokenize", Map.of("model", "chain", "prompt", BundledServer.PROMPT))
            .get("tokens");

    for (Object prompt : List.of(BundledServer.PROMPT, ids, List.of(ids))) {
      JsonNode raw =
          server.document(
              COMPLETIONS, Map.of("model", "chain", "prompt", prompt, "max_tokens", 400));

      assertThat(
              raw.get("splitreason").get("segments").valueStream().map(s -> s.get("text")).toList())
          .isEqualTo(
              chat.get("splitreason")
                  .get("segments")
                  .valueStream()
                  .map(s -> s.get("text"))
                  .toList());
    }
  }

  @Test
  void tokens_come_back_as_their_text() {
    JsonNode tokens =
        server
            .document(
                "/tokenize",
                Map.of("model", "chain", "prompt", "37*48", "add_special_tokens", false))
            .get("tokens");

    JsonNode text = server.document("/detokenize", Map.of("model", "chain", "tokens", tokens));

    assertThat(text.get("prompt").asString()).isEqualTo("37*48");
  }

  @Test
  void a_streamed_completion_echoes_and_says_why_it_ended() {
    List<JsonNode> events =
        server.events(
            COMPLETIONS,
            Map.of(
                "model",
                "chain",
                "prompt",
                BundledServer.PROMPT,
                "echo",
                true,
                "stream",
                true,
                "max_tokens",
                300,
                "stop",
                "</think>",
                "include_stop_str_in_output",
                true));

    String text =
        events.stream()
            .map(event -> event.get("choices").get(0).get("text").asString())
            .collect(Collectors.joining());
    assertThat(text).startsWith(BundledServer.PROMPT).endsWith("</think>");
    JsonNode end = events.getLast().get("choices").get(0);
    assertThat(end.get("finish_reason").asString()).isEqualTo("stop");
    assertThat(end.get("stop_reason").asString()).isEqualTo("</think>");
  }

  @Test
  void a_bias_on_a_token_forbids_it() {
    JsonNode token =
        server
            .document(
                "/tokenize", Map.of("model", "chain", "prompt", "=", "add_special_tokens", false))
            .get("tokens")
            .get(0);

    JsonNode document =
        chat(Map.of("max_tokens", 20, "logit_bias", Map.of(token.asString(), -100)));

    assertThat(document.get("choices").get(0).get("message").get("reasoning").asString())
        .doesNotContain("=");
  }

  @Test
  void unknown_fields_and_neutral_values_are_ignored() {
    JsonNode document =
        chat(
            Map.of(
                "whatever",
                Map.of("x", 1),
                "frequency_penalty",
                0,
                "tools",
                List.of(),
                "tool_choice",
                "none",
                "logprobs",
                false,
                "response_format",
                Map.of("type", "text"),
                "user",
                "me"));

    assertThat(document.has("choices")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"messages": []} | 400 | model | null
          {"model": "chain", "messages": [], "max_tokens": 136575673978} | 400 | max_tokens | null
          {"model": "chain", "messages": [], "seed": 9223372036854775808} | 400 | seed | null
          {"model": "chain", "messages": [], "repetition_penalty": 5e-324} | 400 | repetition_penalty | null
          {"model": "chain"} | 400 | messages | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "n": 0} | 400 | n | null
          {"model": "chain", "messages": [{"role": "bot", "content": "x"}]} | 400 | messages[0].role | null
          {"model": "chain", "messages": [{"role": "user", "content": 7}]} | 400 | messages[0].content | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "temperature": "hot"} | 400 | temperature | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "temperature": 3} | 400 | temperature | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "max_tokens": 1.5} | 400 | max_tokens | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "stop": [""]} | 400 | stop | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "tools": [{}]} | 400 | tools | unsupported_parameter
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "response_format": {"type": "json_object"}} | 400 | response_format | unsupported_parameter
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "offload": {"max_ratio": 7}} | 400 | offload | null
          {"model": "chain", "messages": [{"role": "user", "content": "x"}], "offload": {"budget": -1}} | 400 | offload | null
          {"model": "chain:huge", "messages": [{"role": "user", "content": "x"}]} | 404 | model | model_not_found
          {"model": "nix", "messages": [{"role": "user", "content": "x"}]} | 404 | model | model_not_found
          [] | 400 | null | null
          {"model": | 400 | null | null
          """)
  void what_cannot_be_meant_is_refused_by_name(String body, int status, String param, String code) {
    HttpResponse<String> response = server.post(CHAT, body);

    JsonNode error = JsonMapper.shared().readTree(response.body()).get("error");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(error.get("param").asString("null")).isEqualTo(param);
    assertThat(error.get("code").asString("null")).isEqualTo(code);
    assertThat(error.get("message").asString()).isNotBlank().doesNotContain("tools.jackson");
  }

  @Test
  void a_prompt_beyond_the_context_is_told_so_even_when_streamed() {
    Map<String, Object> body =
        Map.of("model", "chain", "prompt", "1+".repeat(3000), "stream", true);

    HttpResponse<String> response = server.post(COMPLETIONS, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"context_length_exceeded\"");
  }

  private static JsonNode chat(Map<String, Object> more) {
    return server.document(CHAT, body(more));
  }

  private static Map<String, Object> body(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "chain");
    body.put("messages", List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
    body.putAll(more);
    return body;
  }
}
