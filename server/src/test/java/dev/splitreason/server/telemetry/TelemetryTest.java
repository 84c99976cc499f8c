package dev.splitreason.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.splitreason.server.BundledServer;
import dev.splitreason.server.config.ServeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a collector for OTLP over HTTP is sent. */
class TelemetryTest {

  private static final String PARENT = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void a_collector_gets_a_span_for_the_request_the_answer_and_each_segment() throws IOException {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    HttpServer collector = collector(received);
    JsonNode answer;
    try (var server = BundledServer.start(sending(collector))) {
      Map<String, Object> body =
          Map.of(
              "model",
              "chain",
              "messages",
              List.of(Map.of("role", "user", "content", BundledServer.QUESTION)));
      HttpRequest request =
          server
              .request("/v1/chat/completions", body)
              .header("traceparent", "00-" + PARENT + "-b7ad6b7169203331-01")
              .build();
      answer = JsonMapper.shared().readTree(server.send(request).body());
    } finally {
      // Closing the server sends what is left.
      collector.stop(0);
    }
    String sent = String.join("", received);
    long large =
        answer
            .at("/splitreason/segments")
            .valueStream()
            .filter(segment -> segment.get("author").asString().equals("large"))
            .count();

    assertThat(sent)
        .contains("POST /v1/chat/completions", "chat chain", "gen_ai.usage.output_tokens")
        .doesNotContain("Subtract", "boxed");
    // Each segment's author is its span's name and its attribute.
    assertThat(large).isPositive();
    assertThat(count(sent, "large")).isEqualTo(2 * large);
    assertThat(count(sent, bytes(PARENT))).isEqualTo(2 + answer.at("/splitreason/segments").size());
  }

  @Test
  void it_is_off_unless_a_collector_is_named() {
    try (var off = Telemetry.of(null, Map.of("PATH", "/bin"));
        var on = Telemetry.of(null, Map.of("OTEL_TRACES_EXPORTER", "none"))) {
      assertThat(off.isOn()).isFalse();
      assertThat(on.isOn()).isTrue();
    }
  }

  private static ServeSettings sending(HttpServer collector) {
    var usual = ServeSettings.DEFAULT;
    return new ServeSettings(
        usual.host(),
        0,
        List.of(),
        0,
        Duration.ZERO,
        usual.limits(),
        usual.access(),
        null,
        null,
        "http://127.0.0.1:" + collector.getAddress().getPort());
  }

  private static HttpServer collector(Queue<String> received) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Bytes as the protocol has them, in the charset that keeps each. */
  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static long count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1L;
  }
}
