package dev.splitreason.cli.serve;

import dev.splitreason.cli.CommandProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code splitreason serve} in a process of its own, on a port of its own. */
final class ServingProcess implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CommandProcess command;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonNode ready;

  private ServingProcess(CommandProcess command) throws IOException {
    this.command = command;
    var out =
        new BufferedReader(
            new InputStreamReader(command.process().getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("the server did not start: " + command.finish().err());
    }
    this.ready = JSON.readTree(line);
  }

  static ServingProcess start(String... options) throws IOException {
    String[] arguments =
        Stream.concat(Stream.of("serve", "--json", "--port", "0"), Stream.of(options))
            .toArray(String[]::new);
    return new ServingProcess(CommandProcess.start(Map.of(), arguments));
  }

  /** What the command printed when it was ready. */
  JsonNode ready() {
    return ready;
  }

  CommandProcess command() {
    return command;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri(path)).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  JsonNode getWithKey(String path, String key) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + key).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  JsonNode post(String path, Object body) throws IOException, InterruptedException {
    return JSON.readTree(
        client.send(request(path, body), HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The events of a streamed answer, without the one that ends them. */
  List<JsonNode> stream(String path, Object body) throws IOException, InterruptedException {
    return client
        .send(request(path, body), HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JSON.readTree(line.substring("data: ".length())))
        .toList();
  }

  private HttpRequest request(String path, Object body) {
    return HttpRequest.newBuilder(uri(path))
        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
  }

  private URI uri(String path) {
    return URI.create(ready.get("url").asString().replaceFirst("/v1$", "") + path);
  }

  /** Asks the process to end, as a service manager does. */
  CommandProcess.Result terminate() {
    command.process().destroy();
    return command.finish();
  }

  @Override
  public void close() {
    client.close();
    if (command.process().isAlive()) {
      terminate();
    }
  }
}
