package dev.splitreason.data.llm;

import dev.splitreason.data.llm.Endpoint.InDoubt;
import dev.splitreason.files.jsonl.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends chat requests, and again where that may help. Thread-safe. */
final class ChatClient implements AutoCloseable {

  /** The longest answer that is read, in bytes. */
  private static final long LONGEST_BODY = 64L << 20;

  /** The longest pause after a first failure that nobody needs to hear of. */
  private static final Duration UNTOLD_PAUSE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(ChatClient.class);

  private final Endpoint endpoint;
  private final ReplyCache notes;
  private final HttpClient http;
  private final RateGate gate = new RateGate();
  private final AtomicLong sentAgain = new AtomicLong();
  private final WaitNotice waiting = new WaitNotice(LOG);

  /**
   * A client of a server.
   *
   * @param notes is told on disk which requests are under way
   */
  ChatClient(Endpoint endpoint, ReplyCache notes) {
    this.endpoint = endpoint;
    this.notes = notes;
    http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
  }

  /**
   * Sends a request until it is answered or the attempts are used up. All requests wait while the
   * server asks one of them to.
   *
   * @param key the same whenever this request is sent, so that a server that knows idempotency keys
   *     answers and charges once
   * @param body the JSON of the request
   */
  Reply send(String key, String body) throws EndpointException, IOException, InterruptedException {
    var retries = new Retries(endpoint.backoff());
    for (int attempt = 1; ; attempt++) {
      gate.await();
      notes.noteSent(key);
      EndpointException failure;
      Duration pause = retries.pause(attempt);
      try {
        HttpResponse<String> response = exchange(request(key, body));
        if (response.statusCode() == 200) {
          return reply(response.body());
        }
        notes.forgetSent(key);
        failure = refused(response);
        if (!Retries.helpAgainst(response.statusCode())) {
          throw failure;
        }
        pause = retries.pause(attempt, response.headers());
        if (response.headers().firstValue("Retry-After").isPresent()) {
          gate.closeFor(pause);
        }
      } catch (ConnectException | HttpConnectTimeoutException e) {
        notes.forgetSent(key);
        failure = new EndpointException(endpoint.base() + " cannot be reached", 0);
      } catch (IOException | JacksonException e) {
        failure = new EndpointException(endpoint.base() + " broke off: " + e.getMessage(), 0);
        if (endpoint.inDoubt() == InDoubt.GIVE_UP) {
          throw failure;
        }
        sentAgain.incrementAndGet();
      }
      if (attempt == endpoint.attempts()) {
        throw failure.after(attempt);
      }
      if (attempt > 1 || pause.compareTo(UNTOLD_PAUSE) > 0) {
        waiting.tell(String.valueOf(failure.getMessage()), pause);
      }
      Thread.sleep(pause);
    }
  }

  /** The time limit holds for all of an answer: the client's own is for its beginning. */
  private HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    var sending =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_BODY));
    try {
      return sending.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException(
          "no whole answer within " + endpoint.timeout().toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } finally {
      sending.cancel(true);
    }
  }

  /** How often a request was sent again of which it is unknown whether it had been answered. */
  long sentAgain() {
    return sentAgain.get();
  }

  private EndpointException refused(HttpResponse<String> response) {
    String said = "answered " + response.statusCode() + errorOf(response.body());
    return new EndpointException(endpoint.base() + " " + said, response.statusCode());
  }

  private HttpRequest request(String key, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.completions())
            .timeout(endpoint.timeout())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body));
    if (endpoint.apiKey() != null) {
      request.header("Authorization", "Bearer " + endpoint.apiKey());
    }
    return request.build();
  }

  private static Reply reply(String body) throws IOException {
    JsonNode answer = Json.MAPPER.readTree(body);
    JsonNode choice = answer.path("choices").path(0);
    JsonNode message = choice.path("message");
    if (!message.isObject()) {
      throw new IOException("the answer has no message");
    }
    return new Reply(
        text(message.path("content")),
        message.path("refusal").asString(""),
        choice.path("finish_reason").isString() ? choice.path("finish_reason").asString() : null,
        answer.path("usage").path("prompt_tokens").asLong(0),
        answer.path("usage").path("completion_tokens").asLong(0));
  }

  /** A message's text, also where it comes in parts. */
  private static String text(JsonNode content) {
    return content.isArray()
        ? content
            .valueStream()
            .map(part -> part.isString() ? part.asString() : part.path("text").asString(""))
            .collect(Collectors.joining())
        : content.asString("");
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
