package dev.splitreason.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router before several replicas, with its real configuration: skipped without HAProxy. */
class RouterTest {

  private static final int REPLICAS = 3;
  private static final int CONVERSATIONS = 40;

  @TempDir private Path folder;

  @Test
  void a_conversation_stays_on_its_replica_and_only_those_of_a_lost_one_move() throws Exception {
    String haproxy = Deployment.program("haproxy");
    List<HttpServer> replicas = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(replica(i));
    }
    int port = freePort();
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration(port, replicas));
    Process router =
        new ProcessBuilder(haproxy, "-db", "-f", file.toString()).redirectErrorStream(true).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      awaitListening(port, router);
      Map<String, String> first = ask(client, port);
      assertThat(new HashSet<>(first.values())).isEqualTo(Set.of("0", "1", "2"));
      assertThat(ask(client, port)).isEqualTo(first);

      replicas.getFirst().stop(0);
      Map<String, String> without = ask(client, port);

      assertThat(without.values()).doesNotContain("0");
      first.forEach(
          (conversation, replica) -> {
            if (!replica.equals("0")) {
              assertThat(without).containsEntry(conversation, replica);
            }
          });
    } finally {
      router.destroy();
      router.waitFor();
      replicas.forEach(replica -> replica.stop(0));
    }
  }

  private static String configuration(int port, List<HttpServer> replicas) {
    StringBuilder servers = new StringBuilder();
    for (HttpServer replica : replicas) {
      int at = replica.getAddress().getPort();
      servers.append("  server r" + at + " 127.0.0.1:" + at + " check inter 2s\n");
    }
    // Names are found by the cluster's DNS, and hashing by address needs HAProxy 3.0.
    return Deployment.text("helm/splitreason/files/haproxy.cfg")
        .replaceAll("  server-template .*\n", servers.toString())
        .replace("bind :8000", "bind 127.0.0.1:" + port)
        .replaceAll("frontend state\n(  .*\n)*", "");
  }

  private static HttpServer replica(int number) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Which replica answers each conversation. */
  private static Map<String, String> ask(HttpClient client, int port)
      throws IOException, InterruptedException {
    Map<String, String> answers = new HashMap<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      String conversation = Integer.toHexString(31 * i);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/completions"))
              .header("X-Session-ID", conversation)
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      answers.put(conversation, response.body());
    }
    return answers;
  }

  private static void awaitListening(int port, Process router) throws InterruptedException {
    while (router.isAlive()) {
      try (var _ = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(5);
      }
    }
    throw new AssertionError("HAProxy does not start");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
