package dev.splitreason.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a cluster is given is what Kubernetes knows, and says one thing in all places. */
class ManifestsTest {

  private static final String ROUTED =
      "models.small.replicas=3 models.large.autoscaling.enabled=true";

  /** The official client's model of each API, which refuses fields that the API does not have. */
  private static final Map<String, String> TYPES =
      Map.of(
          "v1",
          "V1",
          "apps/v1",
          "V1",
          "policy/v1",
          "V1",
          "networking.k8s.io/v1",
          "V1",
          "autoscaling/v2",
          "V2");

  @Test
  void helm_finds_nothing_to_complain_of() {
    List<String> complaints = Deployment.helm().lint().strict().call().getMessages();

    assertThat(complaints).allMatch(line -> line.contains("icon is recommended"));
  }

  @Test
  void the_plain_manifests_are_what_the_chart_renders() throws Exception {
    assertThat(Files.readString(Deployment.MANIFESTS))
        .as(
            "make them anew: helm template splitreason deploy/helm/splitreason >"
                + " deploy/kubernetes/splitreason.yaml")
        .isEqualTo(Deployment.render());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ROUTED, "gateway.autoscaling.enabled=false models.small.cacheClaim=weights"})
  void kubernetes_knows_every_field(String values) {
    for (JsonNode document : rendered(values)) {
      validate(document.toString());
    }
  }

  @Test
  void a_field_that_kubernetes_does_not_know_would_be_seen() {
    String gateway =
        Deployment.find(rendered(""), "Deployment", "splitreason-gateway")
            .toString()
            .replace("\"periodSeconds\"", "\"periodSecond\"");

    assertThatThrownBy(() -> validate(gateway)).hasMessageContaining("periodSecond");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ROUTED})
  void what_is_selected_is_there(String values) {
    List<JsonNode> documents = rendered(values);
    List<JsonNode> pods =
        documents.stream()
            .filter(document -> document.get("kind").asString().equals("Deployment"))
            .map(document -> document.get("spec").get("template").get("metadata").get("labels"))
            .toList();
    for (JsonNode document : documents) {
      JsonNode selector = document.path("spec").path("selector");
      JsonNode pod = document.path("spec").path("podSelector");
      JsonNode labels =
          selector.has("matchLabels")
              ? selector.get("matchLabels")
              : pod.has("matchLabels") ? pod.get("matchLabels") : selector;
      if (!labels.isMissingNode()) {
        assertThat(pods).as(document.get("metadata").toString()).contains(labels);
      }
    }
    for (JsonNode scaler : documents) {
      if (scaler.get("kind").asString().equals("HorizontalPodAutoscaler")) {
        String target = scaler.get("spec").get("scaleTargetRef").get("name").asString();
        JsonNode scaled = Deployment.find(documents, "Deployment", target);
        assertThat(scaled.get("spec").has("replicas")).as("two would say how many").isFalse();
      }
    }
  }

  @Test
  void several_replicas_are_reached_through_a_router_only() {
    List<JsonNode> documents = rendered(ROUTED);

    JsonNode service = Deployment.find(documents, "Service", "splitreason-small");
    assertThat(service.toString()).contains("\"app.kubernetes.io/component\":\"small-router\"");
    JsonNode policy = Deployment.find(documents, "NetworkPolicy", "splitreason-small");
    assertThat(policy.get("spec").get("ingress").toString())
        .contains("small-router")
        .doesNotContain("\"gateway\"");
    String router =
        Deployment.find(documents, "ConfigMap", "splitreason-small-router")
            .get("data")
            .get("haproxy.cfg")
            .asString();
    assertThat(router).contains("replica 16 splitreason-small-replicas:8000 check");
    assertThat(Deployment.find(documents, "Service", "splitreason-small-replicas").toString())
        .contains("\"clusterIP\":\"None\"");
  }

  @Test
  void kustomize_builds_on_them() throws Exception {
    Process kubectl =
        new ProcessBuilder(Deployment.program("kubectl"), "kustomize", "kubernetes")
            .directory(Deployment.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String built =
        new String(
            kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(kubectl.waitFor()).as(built).isZero();
    assertThat(Deployment.documents(built)).hasSameSizeAs(rendered(""));
  }

  private static List<JsonNode> rendered(String values) {
    return Deployment.documents(
        Deployment.render(values.isEmpty() ? new String[0] : values.split(" ", -1)));
  }

  private static void validate(String document) {
    JsonElement element = JsonParser.parseString(document);
    String version = element.getAsJsonObject().get("apiVersion").getAsString();
    String kind = element.getAsJsonObject().get("kind").getAsString();
    String type = "io.kubernetes.client.openapi.models." + TYPES.get(version) + kind;
    try {
      Class.forName(type).getMethod("validateJsonElement", JsonElement.class).invoke(null, element);
    } catch (InvocationTargetException e) {
      throw new AssertionError(kind + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
