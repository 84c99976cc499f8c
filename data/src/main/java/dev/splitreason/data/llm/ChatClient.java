package dev.splitreason.data.llm;

import dev.splitreason.data.jsonl.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends chat requests, and again where that may help. Thread-safe. */
final class ChatClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChatClient.class);

  private final Endpoint endpoint;
  private final HttpClient http;

  ChatClient(Endpoint endpoint) {
    this.endpoint = endpoint;
    http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
  }

  /**
   * Sends a request until it is answered or the attempts are used up.
   *
   * @param body the JSON of the request
   */
  Reply send(String body) throws EndpointException, InterruptedException {
    var retries = new Retries(endpoint.backoff());
    for (int attempt = 1; ; attempt++) {
      String failure;
      Duration pause;
      int status = 0;
      try {
        HttpResponse<String> response = http.send(request(body), BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return reply(response.body());
        }
        status = response.statusCode();
        failure = "answered " + status + errorOf(response.body());
        if (!Retries.helpAgainst(status)) {
          throw new EndpointException(endpoint.base() + " " + failure, status);
        }
        pause = retries.pause(attempt, response.headers());
      } catch (ConnectException e) {
        failure = "cannot be reached";
        pause = retries.pause(attempt);
      } catch (IOException | JacksonException e) {
        failure = "broke off: " + e.getMessage();
        pause = retries.pause(attempt);
      }
      if (attempt == endpoint.attempts()) {
        throw new EndpointException(
            endpoint.base() + " " + failure + ", " + attempt + " times", status);
      }
      LOG.debug("{} {}; trying again in {}", endpoint.base(), failure, pause);
      Thread.sleep(pause);
    }
  }

  private HttpRequest request(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.completions())
            .timeout(endpoint.timeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (endpoint.apiKey() != null) {
      request.header("Authorization", "Bearer " + endpoint.apiKey());
    }
    return request.build();
  }

  private static Reply reply(String body) throws IOException {
    JsonNode answer = Json.MAPPER.readTree(body);
    JsonNode message = answer.path("choices").path(0).path("message");
    if (!message.isObject()) {
      throw new IOException("the answer has no message");
    }
    return new Reply(
        message.path("content").asString(""),
        message.path("refusal").asString(""),
        answer.path("usage").path("prompt_tokens").asLong(0),
        answer.path("usage").path("completion_tokens").asLong(0));
  }

  private static String errorOf(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(200, line.length()));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
