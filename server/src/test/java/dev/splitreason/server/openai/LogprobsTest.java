package dev.splitreason.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.split.Pair;
import dev.splitreason.server.BundledServer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Logarithms of probabilities, held against what the models themselves tell of the same tokens. */
class LogprobsTest {

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
  void every_kept_token_of_both_models_has_one() {
    JsonNode answer = chat(Map.of("logprobs", true, "top_logprobs", 3));
    JsonNode tokens = answer.at("/choices/0/logprobs/content");

    assertThat(text(tokens))
        .isEqualTo(
            answer
                .at("/splitreason/segments")
                .valueStream()
                .map(segment -> segment.get("text").asString())
                .collect(Collectors.joining()));
    assertThat(tokens).hasSize(answer.at("/usage/completion_tokens").asInt());
    assertThat(answer.at("/usage/completion_tokens_details/large_tokens").asInt()).isPositive();
    for (JsonNode token : tokens) {
      JsonNode top = token.get("top_logprobs");
      assertThat(token.get("logprob").asDouble()).isLessThanOrEqualTo(0);
      assertThat(top).hasSize(3);
      assertThat(top.get(0).get("logprob").asDouble())
          .isGreaterThanOrEqualTo(top.get(1).get("logprob").asDouble())
          .isGreaterThanOrEqualTo(token.get("logprob").asDouble());
      assertThat(
              top.valueStream().mapToDouble(one -> Math.exp(one.get("logprob").asDouble())).sum())
          .isLessThan(1.0001);
    }
  }

  @ParameterizedTest
  @CsvSource({"chain:small", "chain:large"})
  void a_model_alone_is_told_exactly_and_writes_its_likeliest_token(String model)
      throws InterruptedException {
    Map<String, Object> body =
        Map.of("model", model, "prompt", BundledServer.PROMPT, "max_tokens", 40, "logprobs", 1);
    JsonNode told = server.document(COMPLETIONS, body).at("/choices/0/logprobs");
    String text = server.document(COMPLETIONS, body).at("/choices/0/text").asString();

    Pair pair = server.pairs().all().iterator().next().open().pair();
    LanguageModel writer = model.endsWith("large") ? pair.large() : pair.untagged();
    List<Float> expected = scored(writer, BundledServer.PROMPT, text);
    assertThat(told.get("tokens")).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      double logprob = told.get("token_logprobs").get(i).asDouble();
      JsonNode top = told.get("top_logprobs").get(i);
      assertThat(logprob).isCloseTo(expected.get(i), within(1e-4));
      assertThat(top).hasSize(1);
      assertThat(top.get(told.get("tokens").get(i).asString()).asDouble()).isEqualTo(logprob);
    }
    assertThat(told.get("text_offset").get(1).asInt())
        .isEqualTo(told.get("tokens").get(0).asString().length());
  }

  @Test
  void a_stream_tells_all_of_them_with_its_end() {
    Map<String, Object> body = new HashMap<>(Map.of("logprobs", true));
    JsonNode whole = chat(body).at("/choices/0/logprobs/content");
    body.put("stream", true);
    List<JsonNode> events = server.events(CHAT, chatBody(body));

    JsonNode streamed = events.getLast().at("/choices/0/logprobs/content");
    assertThat(text(streamed)).isEqualTo(text(whole));
    for (int i = 0; i < whole.size(); i++) {
      // Other batches round otherwise.
      assertThat(streamed.get(i).get("logprob").asDouble())
          .isCloseTo(whole.get(i).get("logprob").asDouble(), within(1e-4));
    }
    assertThat(events.subList(0, events.size() - 1))
        .allMatch(event -> event.at("/choices/0/logprobs").isMissingNode());
  }

  @Test
  void a_prompt_is_scored_without_writing_anything() throws InterruptedException {
    String more = "36-57=79";
    JsonNode answer =
        server.document(
            COMPLETIONS,
            Map.of(
                "model",
                "chain:large",
                "prompt",
                List.of(BundledServer.PROMPT + more, BundledServer.PROMPT),
                "max_tokens",
                0,
                "echo",
                true,
                "logprobs",
                2));
    JsonNode choice = answer.at("/choices/0");
    JsonNode told = choice.get("logprobs");

    assertThat(choice.get("text").asString()).isEqualTo(BundledServer.PROMPT + more);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isZero();
    assertThat(
            told.get("tokens").valueStream().map(JsonNode::asString).collect(Collectors.joining()))
        .isEqualTo(BundledServer.PROMPT + more);
    assertThat(told.get("token_logprobs").get(0).isNull()).isTrue();
    assertThat(told.get("top_logprobs").get(0).isNull()).isTrue();
    LanguageModel large = server.pairs().all().iterator().next().open().pair().large();
    List<Float> expected = scored(large, BundledServer.PROMPT, more);
    int from = told.get("tokens").size() - expected.size();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(told.get("token_logprobs").get(from + i).asDouble())
          .isCloseTo(expected.get(i), within(1e-4));
    }
    assertThat(answer.at("/choices/1/logprobs/tokens")).hasSize(from);
  }

  @Test
  void a_prompt_and_what_follows_are_told_in_a_row() {
    int[] prompt = ids(BundledServer.PROMPT);
    JsonNode told =
        server
            .document(
                COMPLETIONS,
                Map.of(
                    "model",
                    "chain",
                    "prompt",
                    prompt,
                    "max_tokens",
                    1,
                    "echo",
                    true,
                    "logprobs",
                    1))
            .at("/choices/0/logprobs");

    for (String list : List.of("tokens", "token_logprobs", "top_logprobs", "text_offset")) {
      assertThat(told.get(list)).as(list).hasSize(prompt.length + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, logprobs, 5, logprobs",
    "/v1/chat/completions, top_logprobs, 5, top_logprobs",
    "/v1/chat/completions, top_logprobs, 21, top_logprobs",
    "/v1/completions, logprobs, 21, logprobs",
    "/v1/completions, logprobs, -1, logprobs",
    "/v1/completions, logprobs, true, logprobs",
    "/v1/completions, max_tokens, 0, max_tokens",
    "/v1/responses, top_logprobs, 2, top_logprobs",
    "/v1/messages, logprobs, true, ",
  })
  void what_cannot_be_meant_names_its_field(String path, String field, String value, String param) {
    String json =
        "{\"model\": \"chain\", \"prompt\": \"1\", \"input\": \"1\", \"max_tokens\": 5,"
            + " \"messages\": [{\"role\": \"user\", \"content\": \"1\"}], \"%s\": %s}";
    HttpResponse<String> response = server.post(path, json.formatted(field, value));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(param == null ? "'logprobs'" : "\"param\":\"" + param);
  }

  private static List<Float> scored(LanguageModel model, String before, String text)
      throws InterruptedException {
    try (Session session = model.open()) {
      session.append(ids(before));
      float[] logProbs = session.score(ids(text), ScoreRequest.ofLogProbs()).logProbs();
      return IntStream.range(0, logProbs.length).mapToObj(i -> logProbs[i]).toList();
    }
  }

  private static int[] ids(String text) {
    LanguageModel large = server.pairs().all().iterator().next().open().pair().large();
    return Objects.requireNonNull(large.tokenizer()).tokenizeWithControl(text);
  }

  private static String text(JsonNode tokens) {
    var bytes = new ByteArrayOutputStream();
    for (JsonNode token : tokens) {
      token.get("bytes").forEach(one -> bytes.write(one.asInt()));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode chat(Map<String, Object> more) {
    return server.document(CHAT, chatBody(more));
  }

  private static Map<String, Object> chatBody(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("model", "chain");
    body.put("messages", List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
    return body;
  }
}
