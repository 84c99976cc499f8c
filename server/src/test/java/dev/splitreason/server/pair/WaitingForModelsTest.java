package dev.splitreason.server.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.config.ServeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on servers that come up after the server that is in front of them. */
class WaitingForModelsTest {

  @TempDir private Path folder;

  @Test
  void a_server_that_is_not_there_has_to_be_unless_it_may_take_its_time() throws Exception {
    int port = freePort();

    assertThatThrownBy(() -> open(port, "0s", ServedPairs.Progress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void one_that_comes_up_in_time_is_asked_again() throws Exception {
    int port = freePort();
    List<String> reasons = new ArrayList<>();
    List<HttpServer> started = new ArrayList<>();
    var progress =
        new ServedPairs.Progress() {
          @Override
          public void opening(PairSettings pair) {}

          @Override
          public void waiting(PairSettings pair, String why) {
            reasons.add(why);
            started.add(withoutModels(port));
          }

          @Override
          public void opened(PairSettings pair, double seconds) {}
        };
    try {
      // It is there then, but has no such model: that does not change by waiting.
      assertThatThrownBy(() -> open(port, "5m", progress))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("m");
      assertThat(reasons).hasSize(1).first().asString().contains("127.0.0.1:" + port);
    } finally {
      started.forEach(server -> server.stop(0));
    }
  }

  private void open(int port, String patience, ServedPairs.Progress progress)
      throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + port + "/v1#m";
    Path file =
        Files.writeString(
            folder.resolve("splitreason.yaml"),
            """
            models: {m: {url: "%s", template: chain, attempts: 1}}
            pairs: {p: {small: m, large: m}}
            server: {pairs: [p], wait-for-models: %s}
            """
                .formatted(url, patience));
    Config config = ConfigReader.load(file, Map.of());
    ServeSettings settings = ServeSettings.read(file);
    try (var pairs = new ServedPairs(List.of(config.pair("p")), config.defaults(), settings, 1)) {
      pairs.open(progress);
    }
  }

  private static HttpServer withoutModels(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
