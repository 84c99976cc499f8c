package dev.splitreason.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Grafana dashboard, held against what the server really tells. */
class DashboardTest {

  private static final Pattern METRIC = Pattern.compile("splitreason:\\w+");

  @Test
  void every_number_it_shows_is_told_and_every_number_told_is_shown() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("../deploy/grafana/splitreason.json")));
    Set<String> shown = names(String.join("\n", strings(dashboard)));
    Set<String> told;
    try (var server = BundledServer.start()) {
      server.document(
          "/v1/chat/completions",
          Map.of(
              "model",
              "chain",
              "messages",
              List.of(Map.of("role", "user", "content", BundledServer.QUESTION))));
      server.post("/v1/chat/completions", "{}");
      told =
          names(
              server
                  .send(HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build())
                  .body());
    }

    // What tells of no degraded answer is there as soon as there is one.
    told.add("splitreason:degraded_answers_total");
    assertThat(told).containsAll(shown);
    assertThat(shown.stream().map(name -> name.replace("_bucket", "")))
        .containsAll(
            told.stream()
                .filter(name -> !name.matches(".*_(bucket|sum|count)"))
                .filter(name -> !name.equals("splitreason:degraded_answers"))
                .filter(name -> name.endsWith("_total") || !told.contains(name + "_total"))
                .toList());
  }

  private static Set<String> names(String text) {
    return METRIC.matcher(text).results().map(match -> match.group()).collect(Collectors.toSet());
  }

  private static List<String> strings(JsonNode dashboard) {
    return dashboard.findValues("expr").stream().map(JsonNode::asString).toList();
  }
}
