package dev.splitreason.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.served.BundledServer;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command lines that are deployed start a gateway in front of two services of models. */
class StartedTest {

  private static final String QUESTION =
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last"
          + " two digits.";

  private static final String KEY = "a-secret";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ModelServer models;

  @SuppressWarnings("NullAway.Init")
  private static String answer;

  private enum Way {
    CHART,
    COMPOSE,
    SYSTEMD
  }

  @BeforeAll
  static void serveModels() throws IOException {
    models =
        BundledServer.start(
            ServerSpelling.VLLM, Map.of("small", "small-split.gguf", "large", "large.gguf"));
  }

  @BeforeAll
  static void askTheFiles() {
    answer =
        CommandProcess.run("ask", "--json", QUESTION)
            .json()
            .get("text")
            .asString()
            .replaceAll("</?bigmodel>", "");
  }

  @AfterAll
  static void stop() {
    models.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void each_answers_with_both_models_and_finishes_what_is_under_way(Way way) throws Exception {
    int before = models.conversations().size();
    try (var gateway = start(way)) {
      JsonNode message =
          gateway
              .post("/v1/chat/completions", question(QUESTION, false))
              .get("choices")
              .get(0)
              .get("message");
      assertThat(
              message.get("reasoning").asString() + "</think>" + message.get("content").asString())
          .isEqualTo(answer);

      List<String> seen = new ArrayList<>();
      try (Stream<String> lines =
          gateway.stream("/v1/chat/completions", question(QUESTION, true))) {
        Iterator<String> events = lines.filter(line -> line.startsWith("data: ")).iterator();
        seen.add(events.next());
        gateway.terminate();
        events.forEachRemaining(seen::add);
      }

      assertThat(seen.getLast()).isEqualTo("data: [DONE]");
      assertThat(content(seen)).isEqualTo(message.get("content").asString());
      assertThat(gateway.status()).isEqualTo(143);
    }
    List<String> conversations =
        models.conversations().stream().skip(before).filter(Objects::nonNull).distinct().toList();
    assertThat(conversations).as("one question twice is one conversation").hasSize(1);
    assertThat(models.keys()).contains("Bearer " + KEY);
  }

  @Test
  void the_autoscalers_metrics_are_measured_and_the_image_tells_its_health() throws Exception {
    String adapter = Deployment.text("prometheus-adapter.yaml");
    JsonNode rules = Deployment.documents(adapter).getFirst().get("rules").get("custom");
    List<String> names =
        rules.valueStream().map(rule -> rule.get("name").get("as").asString()).toList();
    Deployment.documents(Deployment.text("kubernetes/splitreason.yaml")).stream()
        .filter(document -> document.get("kind").asString().equals("HorizontalPodAutoscaler"))
        .flatMap(scaler -> scaler.get("spec").get("metrics").valueStream())
        .forEach(
            metric ->
                assertThat(names)
                    .contains(metric.get("pods").get("metric").get("name").asString()));

    try (var gateway = start(Way.COMPOSE)) {
      List<String> measured =
          gateway.get("/metrics").lines().map(line -> line.replaceAll("\\{.*", "")).toList();
      assertThat(rules.valueStream().map(rule -> rule.get("seriesQuery").asString()))
          .map(query -> query.replaceAll("\\{.*", ""))
          .filteredOn(series -> series.startsWith("splitreason"))
          .isNotEmpty()
          .isSubsetOf(measured);

      List<String> check = Deployment.instruction("CMD");
      assertThat(healthy(check, gateway.port())).isTrue();
      gateway.terminate();
      assertThat(gateway.status()).isEqualTo(143);
      assertThat(healthy(check, gateway.port())).isFalse();
    }
  }

  private static DeployedProcess start(Way way) throws IOException {
    List<String> entry = new ArrayList<>(Deployment.instruction("ENTRYPOINT"));
    return switch (way) {
      case CHART -> {
        List<JsonNode> documents =
            Deployment.documents(Deployment.text("kubernetes/splitreason.yaml"));
        JsonNode pod =
            Deployment.find(documents, "Deployment", "splitreason-gateway")
                .get("spec")
                .get("template")
                .get("spec");
        entry.addAll(Deployment.strings(pod.get("containers").get(0).get("args")));
        JsonNode map = Deployment.find(documents, "ConfigMap", "splitreason");
        yield start(entry, map.get("data").get("splitreason.yaml").asString());
      }
      case COMPOSE -> {
        JsonNode services =
            Deployment.documents(Deployment.text("compose.yaml")).getFirst().get("services");
        entry.addAll(Deployment.strings(services.get("gateway").get("command")));
        yield start(entry, Deployment.text("splitreason.yaml"));
      }
      case SYSTEMD ->
          start(
              List.of(Deployment.unit("ExecStart").split(" ", -1)),
              Deployment.text("splitreason.yaml"));
    };
  }

  /** With the bundled pair's models for those that are deployed. */
  private static DeployedProcess start(List<String> commandLine, String configuration)
      throws IOException {
    Path file = Files.createTempDirectory(folder, "etc").resolve("splitreason.yaml");
    Files.writeString(
        file,
        configuration
            .replaceAll("http://(splitreason-)?(small|large):8000/v1", models.url())
            .replace("deepseek-r1", "chain"));
    return DeployedProcess.start(commandLine, file, KEY);
  }

  private static Map<String, Object> question(String text, boolean stream) {
    return Map.of(
        "model",
        "r1",
        "temperature",
        0,
        "stream",
        stream,
        "messages",
        List.of(Map.of("role", "user", "content", text)));
  }

  private static String content(List<String> events) {
    StringBuilder content = new StringBuilder();
    for (String event : events) {
      if (event.startsWith("data: {")) {
        JsonNode chunk = JsonMapper.shared().readTree(event.substring("data: ".length()));
        chunk
            .get("choices")
            .forEach(choice -> content.append(choice.get("delta").path("content").asString("")));
      }
    }
    return content.toString();
  }

  private static boolean healthy(List<String> check, int port)
      throws IOException, InterruptedException {
    List<String> words =
        check.stream().map(word -> word.replace("8080", String.valueOf(port))).toList();
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
  }
}
