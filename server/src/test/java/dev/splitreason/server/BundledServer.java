package dev.splitreason.server;

import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.pair.ServedPairs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bundled pair behind a server in this process, on a port of its own. */
public final class BundledServer implements AutoCloseable {

  /** A chain problem of the lengths that the bundled pair was made for. */
  public static final String QUESTION =
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last"
          + " two digits.";

  /** The same as the pair's template has it. */
  public static final String PROMPT =
      "<｜begin▁of▁sentence｜><｜User｜>" + QUESTION + "<｜Assistant｜><think>\n";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ServedPairs pairs;
  private final SplitServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private BundledServer(ServedPairs pairs, SplitServer server) {
    this.pairs = pairs;
    this.server = server;
  }

  /** A server as it is unless said otherwise. */
  public static BundledServer start() {
    return start(ServeSettings.DEFAULT);
  }

  /** A server of these settings, whatever their port. */
  public static BundledServer start(ServeSettings settings) {
    return start(settings, 0);
  }

  /** A server on a port; 0 for any that is free. */
  public static BundledServer start(ServeSettings settings, int port) {
    try {
      Config config = ConfigReader.load(null, Map.of("XDG_CONFIG_HOME", "/nowhere"));
      PairSettings chain = config.pair("chain");
      var pairs = new ServedPairs(List.of(chain), config.defaults(), settings, 2);
      var server = new SplitServer(settings.listening(null, port), pairs);
      pairs.open(ServedPairs.Progress.NONE);
      return new BundledServer(pairs, server);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The pairs it serves. */
  public ServedPairs pairs() {
    return pairs;
  }

  /** Where it is, without a path. */
  public String url() {
    return server.url();
  }

  /** The server itself. */
  public SplitServer server() {
    return server;
  }

  /** A request with a body. */
  public HttpRequest.Builder request(String path, Object body) {
    String json = body instanceof String text ? text : JSON.writeValueAsString(body);
    return HttpRequest.newBuilder(URI.create(url() + path))
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  /** What a request is answered. */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The reply to a body. */
  public HttpResponse<String> post(String path, Object body) {
    return send(request(path, body).build());
  }

  /** The document that a body is answered with. */
  public JsonNode document(String path, Object body) {
    return JSON.readTree(post(path, body).body());
  }

  /** The document at a path. */
  public JsonNode get(String path) {
    return JSON.readTree(send(HttpRequest.newBuilder(URI.create(url() + path)).build()).body());
  }

  /** The data of the events that a body is answered with; words such as [DONE] left out. */
  public List<JsonNode> events(String path, Object body) {
    return post(path, body)
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JSON.readTree(line.substring("data: ".length())))
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
