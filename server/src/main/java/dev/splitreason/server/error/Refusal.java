package dev.splitreason.server.error;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, and why: what any protocol's error tells. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String field;
  private final transient @Nullable Duration retryAfter;

  /** What is wrong, with the HTTP status and the names that OpenAI has for it. */
  public enum Kind {
    /** The body cannot be meant. */
    INVALID(400, "invalid_request_error", null),
    /** A field asks for what this server does not do. */
    UNSUPPORTED(400, "invalid_request_error", "unsupported_parameter"),
    /** Prompt and answer are longer than the models' context. */
    TOO_LONG(400, "invalid_request_error", "context_length_exceeded"),
    /** No key, or a wrong one. */
    UNAUTHORIZED(401, "authentication_error", "invalid_api_key"),
    /** There is no such model. */
    NO_MODEL(404, "invalid_request_error", "model_not_found"),
    /** There is no such thing to be had. */
    NOT_FOUND(404, "invalid_request_error", "not_found"),
    /** There is no such route. */
    NO_ROUTE(404, "invalid_request_error", "unknown_url"),
    /** The route takes another method. */
    WRONG_METHOD(405, "invalid_request_error", "method_not_allowed"),
    /** The body is larger than the server takes. */
    TOO_LARGE(413, "invalid_request_error", "request_too_large"),
    /** More is asked at once, or in a while, than the server or the key allows. */
    TOO_MANY(429, "rate_limit_error", "rate_limit_exceeded"),
    /** The answer failed for a reason that is the server's own. */
    INTERNAL(500, "server_error", "internal_error"),
    /** The models are not there now. */
    UNAVAILABLE(503, "server_error", "service_unavailable");

    private final int status;
    private final String type;
    private final @Nullable String code;

    Kind(int status, String type, @Nullable String code) {
      this.status = status;
      this.type = type;
      this.code = code;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** OpenAI's type of error. */
    public String type() {
      return type;
    }

    /** OpenAI's code, or null if it has none. */
    public @Nullable String code() {
      return code;
    }
  }

  private Refusal(
      Kind kind,
      String message,
      @Nullable String field,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /** A refusal in one line. */
  public Refusal(Kind kind, String message) {
    this(kind, message, null, null, null);
  }

  /**
   * A refusal because of a field.
   *
   * @param field its path in the body, such as {@code messages[0].role}
   */
  public static Refusal of(Kind kind, String field, String message) {
    return new Refusal(kind, message, field, null, null);
  }

  /** A field whose value cannot be meant. */
  public static Refusal invalid(String field, String message) {
    return of(Kind.INVALID, field, message);
  }

  /** A refusal for now. */
  public static Refusal until(Kind kind, Duration retryAfter, String message) {
    return new Refusal(kind, message, null, retryAfter, null);
  }

  /** What went wrong while an answer was sought, as its client is told. */
  public static Refusal of(Throwable error) {
    return switch (error) {
      case Refusal refusal -> refusal;
      case UserMistake mistake ->
          new Refusal(Kind.INVALID, mistake.getMessage(), null, null, error);
      case ModelException failure ->
          switch (failure.kind()) {
            case CONTEXT_OVERFLOW ->
                new Refusal(Kind.TOO_LONG, failure.getMessage(), "messages", null, error);
            case OUT_OF_CAPACITY ->
                new Refusal(
                    Kind.UNAVAILABLE, failure.getMessage(), null, Duration.ofSeconds(1), error);
            case NOT_LOADABLE, UNAVAILABLE ->
                new Refusal(Kind.UNAVAILABLE, failure.getMessage(), null, null, error);
          };
      default ->
          new Refusal(Kind.INTERNAL, "the server failed; its log says why", null, null, error);
    };
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The path of the field that is to blame, or null. */
  public @Nullable String field() {
    return field;
  }

  /** After which time it may be tried again; null where that is no use. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The one line that the client is told. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
