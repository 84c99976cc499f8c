package dev.splitreason.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.files.trace.AnswerJson;
import dev.splitreason.files.trace.RecordedAnswer;
import dev.splitreason.server.BundledServer;
import dev.splitreason.server.access.ApiKeys;
import dev.splitreason.server.config.KeySettings;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.config.ServeSettings.Access;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are kept, as clients of a server with keys find them. */
class HistoryTest {

  private static final String ALICE = ApiKeys.newKey();
  private static final String BOB = ApiKeys.newKey();
  private static final String CHAT = "/v1/chat/completions";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @BeforeAll
  static void start() {
    var usual = ServeSettings.DEFAULT;
    Map<String, KeySettings> keys = Map.of("alice", key(ALICE), "bob", key(BOB));
    server =
        BundledServer.start(
            new ServeSettings(
                usual.host(),
                0,
                List.of(),
                0,
                Duration.ZERO,
                usual.limits(),
                new Access(keys, null, List.of(), null),
                new ServeSettings.History(folder.resolve("history.duckdb").toString(), 1),
                null,
                null));
  }

  private static KeySettings key(String key) {
    return new KeySettings(ApiKeys.hash(key), null, null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void an_answer_is_found_by_its_trace_id_and_reads_as_a_recorded_one() {
    JsonNode answer = ask(ALICE, "chain", false).getLast();
    String id = answer.at("/splitreason/trace_id").asString();
    String document = get(ALICE, "/api/traces/" + id).body();
    JsonNode trace = JsonMapper.shared().readTree(document);
    RecordedAnswer recorded = AnswerJson.read(document);

    assertThat(recorded.id()).isEqualTo(id);
    assertThat(recorded.question()).isEqualTo(BundledServer.QUESTION);
    assertThat(Objects.requireNonNull(recorded.small()).name()).isEqualTo("chain-small-split");
    assertThat(trace.get("segments")).hasSameSizeAs(answer.at("/splitreason/segments"));
    assertThat(trace.get("model").asString()).isEqualTo("chain");
    assertThat(trace.at("/messages/0/role").asString()).isEqualTo("user");
    assertThat(trace.at("/messages/0/content").asString()).isEqualTo(BundledServer.QUESTION);
  }

  @Test
  void a_stream_tells_the_trace_id_at_its_end() {
    List<JsonNode> events = ask(ALICE, "chain", true);
    String id = events.getLast().at("/splitreason/trace_id").asString();

    assertThat(get(ALICE, "/api/traces/" + id).statusCode()).isEqualTo(200);
    assertThat(events.subList(0, events.size() - 1))
        .allMatch(event -> event.at("/splitreason/trace_id").isMissingNode());
  }

  @Test
  void the_list_is_searched_filtered_and_read_on() {
    String first = id(ask(ALICE, "chain:large", false));
    String second = id(ask(ALICE, "chain:large", false));
    String other = id(ask(ALICE, "chain:small", false));

    JsonNode newest = list("model=chain:large&limit=1&query=SUBTRACT%2057");
    JsonNode next = list("model=chain:large&limit=1&before=" + newest.get("next").asString());

    assertThat(ids(newest)).containsExactly(second);
    assertThat(ids(next)).containsExactly(first);
    assertThat(next.get("next").isNull()).isTrue();
    assertThat(ids(list("model=chain"))).contains(first, second, other);
    assertThat(ids(list("query=no%20such%20thing"))).isEmpty();
    JsonNode told = newest.get("traces").get(0);
    assertThat(told.propertyNames())
        .containsExactly(
            "id",
            "created",
            "model",
            "question",
            "answer",
            "offload_ratio",
            "seconds",
            "small_tokens",
            "large_tokens",
            "degraded");
    assertThat(told.get("offload_ratio").asDouble()).isEqualTo(1);
    assertThat(told.get("answer").asString()).matches("\\d\\d");
  }

  @Test
  void a_key_sees_and_deletes_its_own_answers_only() {
    String id = id(ask(ALICE, "chain", false));

    assertThat(get(BOB, "/api/traces/" + id).statusCode()).isEqualTo(404);
    assertThat(delete(BOB, id).statusCode()).isEqualTo(404);
    assertThat(get(BOB, "/api/traces").body()).isEqualTo("{\"traces\":[],\"next\":null}");
    assertThat(server.send(request("/api/traces").build()).statusCode()).isEqualTo(401);
    assertThat(delete(ALICE, id).body()).contains("\"deleted\":true");
    assertThat(get(ALICE, "/api/traces/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void a_parameter_that_cannot_be_meant_is_named() {
    for (String wrong : List.of("limit=0", "limit=many", "before=-1", "before=x")) {
      HttpResponse<String> response = get(ALICE, "/api/traces?" + wrong);

      assertThat(response.statusCode()).as(wrong).isEqualTo(400);
      assertThat(response.body()).contains("\"param\":\"" + wrong.split("=")[0] + "\"");
    }
  }

  @Test
  void nothing_is_kept_unless_it_is_switched_on() {
    try (var plain = BundledServer.start()) {
      JsonNode answer = plain.document(CHAT, body("chain", false));
      HttpResponse<String> list =
          plain.send(HttpRequest.newBuilder(URI.create(plain.url() + "/api/traces")).build());

      assertThat(answer.get("splitreason").has("trace_id")).isFalse();
      assertThat(list.statusCode()).isEqualTo(404);
      assertThat(list.body()).contains("keeps no history", "\"code\":\"not_found\"");
    }
  }

  private static List<JsonNode> ask(String key, String model, boolean streams) {
    HttpRequest request =
        server.request(CHAT, body(model, streams)).header("x-api-key", key).build();
    return server
        .send(request)
        .body()
        .lines()
        .map(line -> line.replaceFirst("^data: ", ""))
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  private static Map<String, Object> body(String model, boolean streams) {
    return Map.of(
        "model",
        model,
        "stream",
        streams,
        "messages",
        List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
  }

  private static String id(List<JsonNode> answer) {
    return answer.getLast().at("/splitreason/trace_id").asString();
  }

  private static JsonNode list(String query) {
    return JsonMapper.shared().readTree(get(ALICE, "/api/traces?" + query).body());
  }

  private static List<String> ids(JsonNode list) {
    return list.get("traces").valueStream().map(trace -> trace.get("id").asString()).toList();
  }

  private static HttpResponse<String> get(String key, String path) {
    return server.send(request(path).header("x-api-key", key).build());
  }

  private static HttpResponse<String> delete(String key, String id) {
    return server.send(request("/api/traces/" + id).header("x-api-key", key).DELETE().build());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }
}
