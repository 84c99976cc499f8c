package dev.splitreason.engine.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a server did wrong, in one line: which server, what it said, and where it is known,
 * what to do. The API key is in none of them, even where a server repeats it.
 */
final class ServerErrors {

  private static final int LONGEST_QUOTE = 300;

  private static final String NO_COMPLETION =
      "%s answered something else than a completion: is the URL that of the API, up to /v1?";

  /** What servers say when a prompt is too long: vLLM, llama-server and SGLang, OpenAI. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context (length|size|window)|exceed_context_size|max_model_len|longer than the model's"
              + "|context_length_exceeded|maximum allowed length");

  private final OpenAiOptions options;

  ServerErrors(OpenAiOptions options) {
    this.options = options;
  }

  /** Whether there is nothing at the address that was asked. */
  static boolean isMissing(Exception error) {
    return error instanceof OpenAIServiceException answer
        && (answer.statusCode() == 404 || answer.statusCode() == 405 || answer.statusCode() == 501);
  }

  /** Whether a failure says that there is nothing at the address that was asked. */
  static boolean meansMissing(ModelException failure) {
    return failure.getCause() instanceof OpenAIServiceException answer && isMissing(answer);
  }

  /** Whether a failure says that the server does not take a request of this form. */
  static boolean meansRefused(ModelException failure) {
    return failure.getCause() instanceof OpenAIServiceException answer
        && (isMissing(answer) || answer.statusCode() == 400 || answer.statusCode() == 422);
  }

  /** The error as a model's failure. */
  ModelException tell(Throwable error) {
    if (error instanceof ModelException told) {
      return told;
    }
    if (error instanceof OpenAIServiceException answer) {
      return refusal(answer);
    }
    if (error instanceof OpenAIInvalidDataException || isJson(error)) {
      return failure(Kind.UNAVAILABLE, NO_COMPLETION.formatted(options.name()), error);
    }
    if (error instanceof BoundedHttp.TooLongException tooLong) {
      return failure(
          Kind.UNAVAILABLE, options.name() + ": " + tooLong.getMessage() + ", and not read", error);
    }
    return broken(error);
  }

  /** What came is no completion. */
  ModelException noCompletion() {
    return new ModelException(Kind.UNAVAILABLE, NO_COMPLETION.formatted(options.name()));
  }

  /** An answer that reports success, and in it an error. */
  ModelException saidInstead(JsonNode answer) {
    return failure(Kind.UNAVAILABLE, options.name() + " answered: " + said(answer), null);
  }

  /** A stream that tells of an error. */
  ModelException failedInside(JsonNode event) {
    return failure(
        Kind.UNAVAILABLE, options.name() + " failed in the middle: " + said(event), null);
  }

  /** No part of an answer came for as long as a server may be silent. */
  ModelException silent() {
    return failure(Kind.UNAVAILABLE, silence(), null);
  }

  private String silence() {
    return "%s was silent for %s s".formatted(options.name(), options.timeout().toMillis() / 1e3);
  }

  private ModelException refusal(OpenAIServiceException answer) {
    String said = said(answer);
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      String hint =
          options.apiKey() == null
              ? "it wants an API key: --api-key-env names the environment variable that holds it"
              : "it does not accept the API key";
      return failure(
          Kind.NOT_LOADABLE,
          "%s refused (%d): %s%s".formatted(options.url(), status, hint, quoted(said)),
          answer);
    }
    if (TOO_LONG.matcher(said.toLowerCase(Locale.ROOT)).find()) {
      return failure(Kind.CONTEXT_OVERFLOW, options.name() + " has no room: " + said, answer);
    }
    Kind kind =
        status == 429 || status == 503
            ? Kind.OUT_OF_CAPACITY
            : status >= 500 ? Kind.UNAVAILABLE : Kind.NOT_LOADABLE;
    return failure(
        kind, options.name() + " answered " + status + (said.isEmpty() ? "" : ": " + said), answer);
  }

  private ModelException broken(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException e -> {
          return unreachable("there is no such host", error);
        }
        case ConnectException e -> {
          return unreachable("nothing answers there: is the server running?", error);
        }
        case NoRouteToHostException e -> {
          return unreachable("there is no way to that host", error);
        }
        case SocketTimeoutException e -> {
          return failure(Kind.UNAVAILABLE, silence(), error);
        }
        case InterruptedIOException e -> {
          return failure(
              Kind.UNAVAILABLE,
              "%s took longer than %s s for an answer"
                  .formatted(options.name(), options.timeout().toMillis() / 1e3),
              error);
        }
        default -> {}
      }
    }
    Throwable root = error;
    while (error instanceof OpenAIException && root.getCause() != null) {
      root = root.getCause();
    }
    return failure(
        Kind.UNAVAILABLE,
        options.name() + " broke off" + quoted(String.valueOf(root.getMessage())),
        error);
  }

  private ModelException unreachable(String why, Throwable error) {
    return failure(Kind.UNAVAILABLE, options.url() + " cannot be reached: " + why, error);
  }

  private static boolean isJson(Throwable error) {
    return error instanceof JsonProcessingException
        || error.getCause() instanceof JsonProcessingException;
  }

  /** The server's own words, from whichever of the usual places. */
  private static String said(OpenAIServiceException answer) {
    JsonNode body = answer.body().isMissing() ? null : answer.body().convert(JsonNode.class);
    return body == null ? "" : said(body);
  }

  private static String said(JsonNode body) {
    for (String pointer : new String[] {"/error/message", "/message", "/detail", "/error"}) {
      if (body.at(pointer).isTextual()) {
        return line(body.at(pointer).asText());
      }
    }
    return body.isTextual()
        ? line(body.asText())
        : body.isContainerNode() ? line(body.toString()) : "";
  }

  private static String line(String words) {
    String line = words.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + " …";
  }

  private static String quoted(@Nullable String words) {
    return words == null || words.isEmpty() || words.equals("null") ? "" : ": " + line(words);
  }

  private ModelException failure(Kind kind, String message, @Nullable Throwable cause) {
    String key = options.apiKey();
    return key == null || key.isEmpty() || !message.contains(key)
        ? new ModelException(kind, message, cause)
        // The cause's own message repeats it too.
        : new ModelException(kind, message.replace(key, "(key)"));
  }
}
