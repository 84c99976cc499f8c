package dev.splitreason.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.config.ServeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The configurations that are deployed are ones that the server reads, and everything around fits
 * them.
 */
class DeployedSettingsTest {

  /** What serving takes beyond the drain: the connections' and the models' end. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void the_config_map_has_a_configuration_of_the_two_services() throws IOException {
    List<JsonNode> documents = Deployment.documents(Deployment.text("kubernetes/splitreason.yaml"));
    String text =
        Deployment.find(documents, "ConfigMap", "splitreason")
            .get("data")
            .get("splitreason.yaml")
            .asString();

    ServeSettings settings = checked(text);

    JsonNode pod =
        Deployment.find(documents, "Deployment", "splitreason-gateway")
            .get("spec")
            .get("template")
            .get("spec");
    JsonNode gateway = pod.get("containers").get(0);
    assertThat(gateway.get("ports").get(0).get("containerPort").asInt()).isEqualTo(settings.port());
    Duration before =
        Duration.ofSeconds(
            gateway.get("lifecycle").get("preStop").get("sleep").get("seconds").asInt());
    assertThat(Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").asInt()))
        .isGreaterThanOrEqualTo(before.plus(settings.limits().drain()).plus(CLOSING));
    for (String model : List.of("small", "large")) {
      JsonNode service = Deployment.find(documents, "Service", "splitreason-" + model);
      assertThat(service.get("spec").get("ports").get(0).get("port").asInt()).isEqualTo(8000);
      assertThat(text).contains("http://splitreason-" + model + ":8000/v1#" + model);
      JsonNode served =
          Deployment.find(documents, "Deployment", "splitreason-" + model)
              .get("spec")
              .get("template")
              .get("spec");
      assertThat(Deployment.strings(served.get("containers").get(0).get("args")))
          .contains("--served-model-name=" + model);
    }
  }

  @Test
  void compose_has_a_configuration_of_its_two_services() throws IOException {
    ServeSettings settings = checked(Deployment.text("splitreason.yaml"));

    JsonNode services =
        Deployment.documents(Deployment.text("compose.yaml")).getFirst().get("services");
    assertThat(services.propertyNames()).containsExactly("gateway", "small", "large");
    Duration grace =
        Duration.parse("PT" + services.get("gateway").get("stop_grace_period").asString());
    assertThat(grace).isGreaterThanOrEqualTo(settings.limits().drain().plus(CLOSING));
  }

  @Test
  void the_unit_waits_for_answers_under_way() throws IOException {
    ServeSettings settings = checked(Deployment.text("splitreason.yaml"));

    assertThat(Duration.ofSeconds(Integer.parseInt(Deployment.unit("TimeoutStopSec"))))
        .isGreaterThanOrEqualTo(settings.limits().drain().plus(CLOSING));
    assertThat(Deployment.unit("SuccessExitStatus")).isEqualTo("143");
  }

  /** Reads a configuration with the project's own readers. */
  private ServeSettings checked(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("splitreason.yaml"), text);
    Config config = ConfigReader.load(file, Map.of());
    ServeSettings settings = ServeSettings.read(file);
    PairSettings pair = config.pair(settings.pairs().getFirst());
    assertThat(List.of(pair.small(), pair.large()))
        .allSatisfy(model -> assertThat(model.toString()).contains("VLLM_API_KEY"))
        .extracting(model -> model.location().toString())
        .satisfiesExactly(
            small -> assertThat(small).matches("http://(splitreason-)?small:8000/v1#small"),
            large -> assertThat(large).matches("http://(splitreason-)?large:8000/v1#large"));
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    return settings;
  }
}
