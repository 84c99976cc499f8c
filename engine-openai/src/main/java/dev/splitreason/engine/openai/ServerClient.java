package dev.splitreason.engine.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.LogLevel;
import com.openai.core.Timeout;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpMethod;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.RetryingHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    String key = options.apiKey();
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder()
            .baseUrl(options.url())
            .apiKey(key == null ? "none" : key)
            .timeout(patience)
            .maxRetries(options.attempts() - 1)
            // Never to stderr, and never with headers, whatever OPENAI_LOG says.
            .logLevel(LogLevel.OFF);
    if (key == null) {
      builder.replaceHeaders("Authorization", List.of());
    }
    this.api = builder.build();
    this.beside =
        RetryingHttpClient.builder()
            .httpClient(OkHttpClient.builder().timeout(patience).build())
            .maxRetries(options.attempts() - 1)
            .build();
  }

  /** The model as users name it. */
  String name() {
    return options.name();
  }

  /** The models that the server lists; null if it has no list. */
  @Nullable List<JsonNode> models() {
    try {
      return api.models().list().data().stream().map(ServerClient::tree).toList();
    } catch (RuntimeException e) {
      ModelException failure = errors.tell(e);
      if (ServerErrors.isMissing(e)) {
        return null;
      }
      throw failure;
    }
  }

  /** The one answer to a completion request that is not streamed. */
  JsonNode complete(CompletionCreateParams request) {
    return telling(
        () -> {
          List<CompletionChoice> choices = api.completions().create(request).choices();
          if (choices.isEmpty()) {
            throw new ModelException(
                ModelException.Kind.UNAVAILABLE, options.name() + " answered without a completion");
          }
          return tree(choices.getFirst());
        });
  }

  /** Streams the answer to a completion request, to its end. */
  void stream(CompletionCreateParams request, Consumer<JsonNode> onPart) {
    telling(
        () -> {
          try (StreamResponse<Completion> response = api.completions().createStreaming(request)) {
            response.stream()
                .flatMap(part -> part.choices().stream())
                .map(ServerClient::tree)
                .forEach(onPart);
          }
          return true;
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
          try (HttpResponse response = beside.execute(request(path, body))) {
            if (response.statusCode() != 200) {
              return null;
            }
            return JSON.readTree(response.body());
          } catch (JsonProcessingException e) {
            return null;
          } catch (IOException e) {
            throw errors.tell(e);
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

  private <T extends @Nullable Object> T telling(Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (RuntimeException e) {
      throw errors.tell(e);
    }
  }

  /** Something of the client as the JSON that it was read from, further fields included. */
  private static JsonNode tree(Object read) {
    return Objects.requireNonNull(JsonValue.from(read).convert(JsonNode.class));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
