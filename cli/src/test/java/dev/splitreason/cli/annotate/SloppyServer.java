package dev.splitreason.cli.annotate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat server on the loopback interface that answers like a careless model behind a bad line:
 * what it says depends on the trace alone, how it fails on the trace and the attempt. It charges
 * for every answer that it works out, whether or not that arrives.
 */
final class SloppyServer implements AutoCloseable {

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.\n])\\s+");

  private final HttpServer server;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final Map<String, Integer> charged = new ConcurrentHashMap<>();
  private final Map<String, String> chargedKeys = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final long delayMillis;

  /**
   * Starts it.
   *
   * @param delayMillis before each answer
   */
  SloppyServer(long delayMillis) throws IOException {
    this.delayMillis = delayMillis;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  /** Its address, up to {@code /v1}. */
  String base() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1";
  }

  /** How often each trace was charged for. */
  Map<String, Integer> charged() {
    return Map.copyOf(charged);
  }

  /** All that was charged for. */
  int chargedInAll() {
    return charged.values().stream().mapToInt(n -> n).sum();
  }

  /** What would have been charged for if each idempotency key were charged for once. */
  int chargedKeys() {
    return chargedKeys.size();
  }

  /** Requests so far that it could have answered. */
  int requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      if (request.has("response_format")) {
        send(exchange, 400, "{\"error\":\"response_format is not supported\"}");
        return;
      }
      requests.incrementAndGet();
      String message = request.at("/messages/0/content").asString();
      String trace = message.substring(message.indexOf("Trace:\n") + "Trace:\n".length());
      int attempt = attempts.merge(trace, 1, Integer::sum);
      int kind = Math.floorMod(trace.hashCode(), 7);
      if (attempt == 1 && kind == 1) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        send(exchange, 429, "{\"error\":\"slow down\"}");
        return;
      }
      charged.merge(trace, 1, Integer::sum);
      chargedKeys.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), trace);
      pause();
      if (attempt == 1 && kind == 2) {
        // Closing without an answer drops the connection.
        exchange.close();
      } else if (attempt == 1 && kind == 3) {
        byte[] whole = answer(trace).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
      } else {
        send(exchange, 200, answer(trace));
      }
    }
  }

  private static String answer(String trace) {
    String content =
        switch (Math.floorMod(trace.hashCode(), 11)) {
          case 0 -> "I'm sorry, but I can't help with that.";
          case 1 -> "";
          case 2 -> "The hardest part is the product in the middle.";
          case 3 ->
              "<<<SNIPPET\nWe apply the pigeonhole principle to residues of the sequence\n>>>";
          default -> "<think>Which one?</think>Here they are:\n" + copies(trace);
        };
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "choices", List.of(Map.of("message", Map.of("content", content))),
                "usage", Map.of("prompt_tokens", trace.length(), "completion_tokens", 20)));
  }

  /** Every sentence with a formula, copied badly. */
  private static String copies(String trace) {
    List<String> copies = new ArrayList<>();
    SENTENCE_END
        .splitAsStream(trace)
        .filter(sentence -> sentence.contains("="))
        .forEach(sentence -> copies.add("<<<SNIPPET\n" + perturbed(sentence) + "\n>>>"));
    return String.join("\n", copies);
  }

  private static String perturbed(String sentence) {
    return switch (Math.floorMod(sentence.hashCode(), 5)) {
      case 0 -> sentence;
      case 1 -> sentence.replace(" = ", "=").replace(" ", "  ");
      case 2 -> sentence.replaceFirst("(\\w+) (\\w+) ", "$1 ");
      case 3 -> sentence.replace('-', '−').replace('e', 'е');
      default -> sentence.replaceFirst("gives|the|is", "teh").toUpperCase(Locale.ROOT);
    };
  }

  private void pause() {
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
