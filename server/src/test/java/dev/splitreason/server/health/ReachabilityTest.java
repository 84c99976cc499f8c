package dev.splitreason.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.server.BundledServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Whether servers of remote models are there, as they come and go. */
class ReachabilityTest {

  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration BOUND = Duration.ofMillis(300);

  @Test
  void a_server_that_goes_and_comes_back_is_seen_to() throws IOException {
    HttpServer first = server(0, 200);
    int port = first.getAddress().getPort();
    ModelSettings model = served(port);
    try (var reachability = new Reachability(List.of(model), OFTEN, BOUND)) {
      assertThat(reachability.reaches(model)).isTrue();
      first.stop(0);
      await(() -> !reachability.reaches(model));
      HttpServer again = server(port, 401); // wants a key, so it is there
      await(() -> reachability.reaches(model));
      again.stop(0);
    }
  }

  @Test
  void a_server_that_only_fails_is_not_there() throws IOException {
    HttpServer failing = server(0, 502);
    ModelSettings model = served(failing.getAddress().getPort());
    try (var reachability = new Reachability(List.of(model), OFTEN, BOUND)) {
      await(() -> !reachability.reaches(model));
    } finally {
      failing.stop(0);
    }
  }

  @Test
  void a_server_that_never_answers_holds_nobody_up() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ModelSettings model = served(silent.getLocalPort());
      try (var reachability = new Reachability(List.of(model), OFTEN, BOUND)) {
        await(() -> !reachability.reaches(model));
      }
    }
  }

  @Test
  void a_server_of_files_is_ready_with_its_pairs() {
    try (var server = BundledServer.start()) {
      assertThat(server.get("/health/ready").toString())
          .isEqualTo("{\"status\":\"ok\",\"pairs\":{\"chain\":\"ok\"}}");
    }
  }

  private static HttpServer server(int port, int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static ModelSettings served(int port) {
    return ModelSettings.of("m", new ModelLocation.Served("http://127.0.0.1:" + port + "/v1", "m"));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
