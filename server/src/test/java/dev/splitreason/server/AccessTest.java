package dev.splitreason.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.access.ApiKeys;
import dev.splitreason.server.config.KeySettings;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.config.ServeSettings.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask a server with keys, and what its log has of it. */
class AccessTest {

  private static final String KEY = ApiKeys.newKey();
  private static final String CHAT = "/v1/chat/completions";
  private static final String PAGE = "https://page.example";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @BeforeAll
  static void start() {
    var settings = ServeSettings.DEFAULT;
    Map<String, KeySettings> keys = Map.of("alice", new KeySettings(ApiKeys.hash(KEY), 2, 200));
    var access = new Access(keys, null, List.of(PAGE), folder.resolve("access.jsonl").toString());
    server =
        BundledServer.start(
            new ServeSettings(
                settings.host(),
                0,
                List.of(),
                0,
                Duration.ZERO,
                settings.limits(),
                access,
                null,
                null,
                null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/models",
    "POST, /v1/chat/completions",
    "POST, /v1/completions",
    "POST, /tokenize",
    "POST, /v1/messages",
    "POST, /api/chat",
    "GET, /api/tags",
    "GET, /metrics",
    "GET, /nothing",
    "GET, /healthy",
    "GET, //v1/models",
    "GET, /health/../v1/models"
  })
  void only_health_answers_without_a_key(String method, String path) {
    for (String key : List.of("", "Bearer wrong", "Bearer " + ApiKeys.newKey())) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .method(method, HttpRequest.BodyPublishers.ofString("{}"));
      if (!key.isEmpty()) {
        request.header("Authorization", key);
      }

      HttpResponse<String> response = server.send(request.build());

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).contains("key").doesNotContain("chain");
    }
    assertThat(server.get("/health/live").get("status").asString()).isEqualTo("ok");
  }

  @Test
  void a_key_is_limited_and_its_log_has_no_secrets() throws IOException {
    HttpResponse<String> answered = ask("Authorization", "Bearer " + KEY, 1);
    HttpResponse<String> tooMany = ask("x-api-key", KEY, 3);
    ask("Authorization", "bearer " + KEY, 2);
    HttpResponse<String> spent = ask("Authorization", "Bearer " + KEY, 1);

    assertThat(answered.statusCode()).isEqualTo(200);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(spent.statusCode()).isEqualTo(429);
    assertThat(spent.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(spent.body()).contains("\"rate_limit_exceeded\"");
    assertThat(Files.readString(folder.resolve("access.jsonl")))
        .contains("\"caller\":\"alice\"", "\"path\":\"/v1/chat/completions\"", "\"status\":429")
        .doesNotContain(KEY)
        .doesNotContain("Subtract");
  }

  @Test
  void pages_of_origins_that_are_named_may_ask() {
    HttpResponse<String> named = preflight(PAGE);
    HttpResponse<String> other = preflight("https://elsewhere.example");

    assertThat(named.statusCode()).isEqualTo(204);
    assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private static HttpResponse<String> preflight(String origin) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + CHAT))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .build());
  }

  private static HttpResponse<String> ask(String header, String key, int n) {
    Map<String, Object> body =
        Map.of(
            "model",
            "chain",
            "n",
            n,
            "messages",
            List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
    return server.send(server.request(CHAT, body).header(header, key).build());
  }
}
