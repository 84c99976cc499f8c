package dev.splitreason.engine.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpMethod;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.RetryingHttpClient;
import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one server about one model: completions through OpenAI's own client, and what else the
 * server offers beside them. Blocking, to be called within an {@link Exchange}; every failure is a
 * {@link ModelException} of one line. Thread-safe.
 *
 * <p>A request is tried again, with growing pauses or after the one that the server asks for, as
 * long as nothing of its answer has been seen; so no text comes twice.
 */
final class ServerClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  private final OpenAiOptions options;
  private final ServerErrors errors;
  private final OpenAIClient api;
  private final HttpClient beside;

  /** For answers that come whole: the time limit holds for all of one. */
  private final RequestOptions whole;

  ServerClient(OpenAiOptions options) {
    this.options = options;
    this.errors = new ServerErrors(options);
    Timeout patience =
        Timeout.builder()
            .connect(shorter(CONNECT_TIMEOUT, options.timeout()))
            .read(options.timeout())
            .write(options.timeout())
            // A stream goes on for as long as something comes.
            .request(Duration.ZERO)
            .build();
    HttpClient http =
        new BoundedHttp(OkHttpClient.builder().timeout(patience).build(), options.apiKey() != null);
    this.api =
        new OpenAIClientImpl(
            ClientOptions.builder()
                .httpClient(http)
                .baseUrl(options.url())
                .apiKey(options.apiKey() == null ? "none" : options.apiKey())
                .timeout(patience)
                .maxRetries(options.attempts() - 1)
                // Never to stderr, and never with headers, whatever OPENAI_LOG says.
                .logLevel(LogLevel.OFF)
                .build());
    this.beside =
        RetryingHttpClient.builder().httpClient(http).maxRetries(options.attempts() - 1).build();
    this.whole =
        RequestOptions.builder()
            .timeout(patience.toBuilder().request(options.timeout()).build())
            .build();
  }

  /** The model as users name it. */
  String name() {
    return options.name();
  }

  /** The longest silence of the server. */
  Duration timeout() {
    return options.timeout();
  }

  /** Tells what the server did wrong. */
  ServerErrors errors() {
    return errors;
  }

  /** The models that the server lists; null if it has no list. */
  @Nullable List<JsonNode> models() {
    try (HttpResponse response = api.models().withRawResponse().list(whole)) {
      JsonNode models = document(response).path("data");
      return StreamSupport.stream(models.spliterator(), false).toList();
    } catch (RuntimeException | IOException e) {
      ModelException failure = errors.tell(e);
      if (ServerErrors.isMissing(e)) {
        return null;
      }
      throw failure;
    }
  }

  /** The one answer to a completion request that is not streamed. */
  JsonNode complete(CompletionCreateParams request) {
    return Completions.first(answer(request), errors);
  }

  /** The answers to a request that has so many prompts, in their order. */
  List<JsonNode> complete(CompletionCreateParams request, int prompts) {
    return Completions.all(answer(request), prompts, errors);
  }

  /** How many tokens the server counts in the prompt of a request; 0 if it does not tell. */
  int promptTokens(CompletionCreateParams request) {
    return answer(request).path("usage").path("prompt_tokens").asInt(0);
  }

  private JsonNode answer(CompletionCreateParams request) {
    return telling(
        () -> {
          try (HttpResponse response = api.completions().withRawResponse().create(request, whole)) {
            return document(response);
          }
        });
  }

  /**
   * Streams the answer to a completion request, to its end.
   *
   * @return why it ended, as far as the server told: false if the connection just ended
   */
  boolean stream(CompletionCreateParams request, Consumer<CompletionChunk> onPart) {
    return telling(
        () -> {
          try (HttpResponse response =
              api.completions().withRawResponse().createStreaming(request)) {
            var events = new ServerEvents(response.body());
            return Completions.stream(events, onPart, errors);
          }
        });
  }

  /**
   * What the server answers at an address of its own beside the API, such as {@code /tokenize};
   * null if it has no such address or does not understand the question.
   *
   * @param body the question, or null to just get
   */
  @Nullable JsonNode askBeside(String path, @Nullable Object body) {
    return telling(
        () -> {
          try (HttpResponse response = beside.execute(request(path, body), whole)) {
            if (response.statusCode() != 200) {
              return null;
            }
            return JSON.readTree(response.body());
          } catch (JsonProcessingException e) {
            return null;
          }
        });
  }

  @Override
  public void close() {
    api.close();
    beside.close();
  }

  private HttpRequest request(String path, @Nullable Object body) throws JsonProcessingException {
    HttpRequest.Builder request =
        HttpRequest.builder()
            .method(body == null ? HttpMethod.GET : HttpMethod.POST)
            .baseUrl(options.url().replaceFirst("/+$", "").replaceFirst("/v1$", ""))
            .addPathSegment(path);
    if (options.apiKey() != null) {
      request.putHeader("Authorization", "Bearer " + options.apiKey());
    }
    if (body != null) {
      request.body(new JsonBody(JSON.writeValueAsBytes(body)));
    }
    return request.build();
  }

  /** A whole answer as the JSON that it has to be. */
  private JsonNode document(HttpResponse response) throws IOException {
    JsonNode document = JSON.readTree(response.body());
    if (document.hasNonNull("error")) {
      throw errors.saidInstead(document);
    }
    return document;
  }

  private <T extends @Nullable Object> T telling(Callable<T> exchange) {
    try {
      return exchange.call();
    } catch (Exception e) {
      throw errors.tell(e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
