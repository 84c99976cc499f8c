package dev.splitreason.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import dev.splitreason.server.config.ServeSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of a folder of runs, and nothing beside it. */
class ReportsTest {

  private static final String PAGE =
      "<!doctype html><title>chain &amp; more</title><script>alert(1)</script>";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @BeforeAll
  static void start() throws IOException {
    Path runs = folder.resolve("runs");
    Files.createDirectories(runs.resolve("first run"));
    Files.createDirectories(runs.resolve("unfinished"));
    Files.createDirectories(folder.resolve("outside"));
    Files.writeString(runs.resolve("first run/report.html"), PAGE);
    Files.writeString(folder.resolve("outside/report.html"), "secret");
    Files.writeString(folder.resolve("report.html"), "secret");
    Files.createSymbolicLink(runs.resolve("linked"), folder.resolve("outside"));
    var usual = ServeSettings.DEFAULT;
    server =
        BundledServer.start(
            new ServeSettings(
                usual.host(),
                0,
                List.of(),
                0,
                Duration.ZERO,
                usual.limits(),
                usual.access(),
                null,
                runs.toString(),
                null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void lists_the_runs_that_have_one() {
    var reports = server.get("/api/reports").get("reports");

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).get("name").asString()).isEqualTo("first run");
    assertThat(reports.get(0).get("title").asString()).isEqualTo("chain & more");
    assertThat(reports.get(0).get("created").asLong()).isPositive();
  }

  @Test
  void a_page_may_only_be_read() {
    HttpResponse<String> page = get("first%20run");

    assertThat(page.body()).isEqualTo(PAGE);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "sandbox")
        .doesNotContain("script-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unfinished",
        "linked",
        "..",
        "%2e%2e",
        "..%2foutside",
        "%2e%2e%2foutside",
        "..%5coutside",
        "first%20run/../../outside",
        "first%20run%00",
        "."
      })
  void nothing_else_is_read(String name) {
    HttpResponse<String> response = get(name);

    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void there_are_none_unless_a_folder_is_named() {
    try (var plain = BundledServer.start()) {
      HttpResponse<String> list =
          plain.send(HttpRequest.newBuilder(URI.create(plain.url() + "/api/reports")).build());

      assertThat(list.statusCode()).isEqualTo(404);
      assertThat(list.body()).contains("not_found");
    }
  }

  private static HttpResponse<String> get(String name) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/api/reports/" + name)).build());
  }
}
