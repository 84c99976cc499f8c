package dev.splitreason.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.config.ServeSettings.Limits;
import dev.splitreason.server.limit.AnswerQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many clients at once, and clients that go away. */
class LoadTest {

  private static final String CHAT = "/v1/chat/completions";

  @Test
  void answers_are_those_of_the_pair_itself_alone_and_beside_others() throws Exception {
    try (var server = BundledServer.start()) {
      var pair = server.pairs().named("chain").pair().open();
      List<InFlight.Call<JsonNode>> calls = new ArrayList<>();
      List<Trace> own = new ArrayList<>();
      for (int i = 0; i < 17; i++) {
        int seed = i;
        double temperature = i % 2 == 0 ? 0 : 0.8;
        String question = BundledServer.QUESTION.replace("36", String.valueOf(20 + i));
        var options =
            SplitOptions.DEFAULT.withSampling(
                temperature == 0 ? Sampling.GREEDY : Sampling.at(temperature, seed));
        own.add(pair.ask(question, options));
        calls.add(
            () ->
                server.document(
                    CHAT, body(question, Map.of("temperature", temperature, "seed", seed))));
      }

      JsonNode alone = calls.get(1).call();
      List<JsonNode> together = InFlight.results(calls.size(), calls);

      assertThat(texts(alone)).isEqualTo(texts(own.get(1)));
      for (int i = 0; i < own.size(); i++) {
        assertThat(texts(together.get(i))).as("answer %d", i).isEqualTo(texts(own.get(i)));
      }
    }
  }

  /** Often, since the request's body may come with its head or after it. */
  @RepeatedTest(5)
  void a_client_that_goes_away_stops_its_answers() throws Exception {
    try (var server = BundledServer.start(limits(1, 40, Duration.ofSeconds(5)))) {
      AnswerQueue queue = server.pairs().named("chain").pair().queue();
      String body =
          JsonMapper.shared()
              .writeValueAsString(
                  body(
                      BundledServer.QUESTION,
                      Map.of("n", 30, "temperature", 1.9, "offload", Map.of("policy", "large"))));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + CHAT
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        await(() -> queue.running() == 1);
      }

      await(() -> queue.running() == 0 && queue.waiting() == 0);

      String metrics = metrics(server);
      assertThat(
              metrics.lines().filter(line -> line.startsWith("splitreason:request_success_total")))
          .as("far from all 30 were answered")
          .allSatisfy(
              line ->
                  assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                      .isLessThan(25));
    }
  }

  @Test
  void who_finds_the_queue_full_is_told_to_come_again() {
    try (var server = BundledServer.start(limits(1, 0, Duration.ofSeconds(5)));
        AnswerQueue.Ticket _ = server.pairs().named("chain").pair().queue().admit(1)) {
      HttpResponse<String> response =
          server.post(CHAT, body(BundledServer.QUESTION, Map.of("stream", true)));

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void a_server_that_ends_finishes_what_is_under_way_and_takes_no_more() throws Exception {
    var server = BundledServer.start(limits(1, 5, Duration.ofSeconds(20)));
    try (AnswerQueue.Ticket ticket = server.pairs().named("chain").pair().queue().admit(1)) {
      AnswerQueue.Slot slot = ticket.await();
      var waiting =
          CompletableFuture.supplyAsync(
              () -> server.post(CHAT, body(BundledServer.QUESTION, Map.of())),
              task -> Thread.ofVirtual().start(task));
      await(() -> server.pairs().named("chain").pair().queue().waiting() == 1);
      Thread closing = Thread.ofVirtual().start(() -> server.server().close());
      await(() -> server.get("/health/ready").get("status").asString().equals("ending"));

      HttpResponse<String> late = server.post(CHAT, body(BundledServer.QUESTION, Map.of()));
      slot.close();

      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(waiting.join().statusCode()).isEqualTo(200);
      closing.join();
    }
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    try (var server = BundledServer.start()) {
      String huge = "x".repeat(5 << 20);

      HttpResponse<String> response = server.post(CHAT, body(huge, Map.of()));

      assertThat(response.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void a_body_that_does_not_tell_its_length_is_refused_once_it_is_too_large() throws IOException {
    String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    try (var server = BundledServer.start()) {
      String head = "POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

      assertThat(raw(server, head + chunk.repeat(5) + "0\r\n\r\n")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void a_connection_ends_behind_its_reply_if_the_client_wants_that() throws IOException {
    try (var server = BundledServer.start()) {
      for (String path : List.of("/health", "/v1/models", "/nothing")) {
        String reply =
            raw(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(reply).contains("Connection: close").endsWith("}");
      }
    }
  }

  /** All that comes for these bytes until the connection is closed or shut for a while. */
  private static String raw(BundledServer server, String bytes) throws IOException {
    var reply = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[4096];
      for (int n = socket.getInputStream().read(part);
          n > 0;
          n = socket.getInputStream().read(part)) {
        reply.write(part, 0, n);
        if (reply.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 413")) {
          break;
        }
      }
    }
    return reply.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void numbers_tell_what_was_answered() {
    try (var server = BundledServer.start()) {
      server.post(CHAT, body(BundledServer.QUESTION, Map.of()));
      server.post(CHAT, "{}");

      assertThat(metrics(server))
          .contains(
              "splitreason:request_success_total{finished_reason=\"stop\",model_name=\"chain\"} 1.0",
              "splitreason:request_errors_total{kind=\"invalid\"} 1.0",
              "splitreason:num_requests_running{model_name=\"chain\"} 0.0",
              "splitreason:time_to_first_token_seconds_count{model_name=\"chain\"} 1",
              "splitreason:offload_ratio_bucket{model_name=\"chain\",le=\"0.2\"} 1")
          .containsPattern(
              "generation_tokens_total\\{author=\"large\",model_name=\"chain\"} [1-9]");
    }
  }

  private static String metrics(BundledServer server) {
    return server
        .send(HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build())
        .body();
  }

  private static ServeSettings limits(int atOnce, int queue, Duration drain) {
    Limits usual = Limits.DEFAULT;
    var limits =
        new Limits(
            atOnce,
            queue,
            usual.bodyBytes(),
            usual.choices(),
            usual.maxTokens(),
            usual.time(),
            drain);
    return new ServeSettings(
        "127.0.0.1",
        0,
        List.of(),
        8,
        Duration.ZERO,
        limits,
        ServeSettings.Access.DEFAULT,
        null,
        null,
        null);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Map<String, Object> body(String question, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "chain");
    body.put("messages", List.of(Map.of("role", "user", "content", question)));
    body.putAll(more);
    return body;
  }

  private static List<String> texts(JsonNode document) {
    return document
        .get("splitreason")
        .get("segments")
        .valueStream()
        .map(s -> s.get("author").asString() + s.get("tokens").asInt() + s.get("text").asString())
        .toList();
  }

  private static List<String> texts(Trace trace) {
    return trace.segments().stream().map(LoadTest::text).toList();
  }

  private static String text(Segment segment) {
    return segment.author().label() + segment.tokens() + segment.text();
  }
}
