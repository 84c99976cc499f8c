package dev.splitreason.cli.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server, started by a command line of {@code deploy/}: all of it is as it stands there but for
 * the folder of the jars, the configuration's path, and where it listens.
 */
final class DeployedProcess implements AutoCloseable {

  private static final String JARS = "/(app|opt/splitreason)/\\*";
  private static final String CONFIGURATION = "/etc/splitreason/splitreason.yaml";

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private DeployedProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, and waits until its models are there. */
  static DeployedProcess start(List<String> commandLine, Path configuration, String vllmKey)
      throws IOException {
    int port = freePort();
    List<String> words =
        Stream.concat(
                commandLine.stream()
                    .map(word -> word.matches("(/usr/bin/)?java") ? java() : word)
                    .map(word -> word.matches(JARS) ? System.getProperty("java.class.path") : word)
                    .map(word -> word.equals(CONFIGURATION) ? configuration.toString() : word),
                Stream.of("--host", "127.0.0.1", "--port", String.valueOf(port)))
            .toList();
    var builder = new ProcessBuilder(words).directory(configuration.getParent().toFile());
    builder.environment().clear();
    builder.environment().put("VLLM_API_KEY", vllmKey);
    builder.environment().put("HOME", configuration.getParent().toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    var started = new DeployedProcess(builder.start(), port);
    started.awaitReady();
    return started;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    StringBuilder told = new StringBuilder();
    var err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      told.append(line).append('\n');
      if (line.startsWith("serve: ready at ")) {
        return;
      }
    }
    throw new AssertionError("it ended before it was ready: " + told);
  }

  int port() {
    return port;
  }

  String get(String path) throws InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode post(String path, Object body) throws InterruptedException {
    return JsonMapper.shared()
        .readTree(send(request(path, body), HttpResponse.BodyHandlers.ofString()));
  }

  /** The lines of a streamed answer, as they come. */
  Stream<String> stream(String path, Object body) throws InterruptedException {
    return send(request(path, body), HttpResponse.BodyHandlers.ofLines());
  }

  private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws InterruptedException {
    try {
      return client.send(request, handler).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest request(String path, Object body) {
    String json = JsonMapper.shared().writeValueAsString(body);
    return HttpRequest.newBuilder(uri(path))
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Asks it to end, as engines, clusters and systemd do. */
  void terminate() {
    process.destroy();
  }

  /** The status it ends with. */
  int status() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    process.destroyForcibly().waitFor();
  }
}
