package dev.splitreason.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description of the interface, held against the server. */
class OpenApiTest {

  @Test
  void every_operation_that_is_described_is_there_and_every_reference_leads_somewhere() {
    try (var server = BundledServer.start()) {
      JsonNode description = server.get("/openapi.json");

      for (String path : description.get("paths").propertyNames()) {
        for (String method : description.get("paths").get(path).propertyNames()) {
          HttpResponse<String> response =
              server.send(
                  HttpRequest.newBuilder(
                          URI.create(server.url() + path.replaceAll("\\{\\w+\\}", "chain")))
                      .method(
                          method.toUpperCase(Locale.ROOT),
                          HttpRequest.BodyPublishers.ofString("{}"))
                      .build());
          assertThat(response.statusCode()).as(path).isIn(200, 400, 404);
          assertThat(response.body()).as(path).doesNotContain("unknown_url");
        }
      }
      List<String> references = new ArrayList<>();
      description.findValues("$ref").forEach(ref -> references.add(ref.asString()));
      assertThat(references)
          .isNotEmpty()
          .allMatch(ref -> !description.at(ref.substring(1)).isMissingNode());
    }
  }
}
