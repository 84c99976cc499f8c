package dev.splitreason.server.anthropic;

import dev.splitreason.server.error.Refusal;

/** An error as Anthropic tells it. */
public record MessagesError(String type, Details error) {

  /** What is wrong. */
  public record Details(String type, String message) {}

  /** The document of a refusal. */
  public static MessagesError of(Refusal refusal) {
    String type =
        switch (refusal.kind()) {
          case INVALID, UNSUPPORTED, TOO_LONG, WRONG_METHOD -> "invalid_request_error";
          case UNAUTHORIZED -> "authentication_error";
          case NO_MODEL, NOT_FOUND, NO_ROUTE -> "not_found_error";
          case TOO_LARGE -> "request_too_large";
          case TOO_MANY -> "rate_limit_error";
          case INTERNAL -> "api_error";
          case UNAVAILABLE -> "overloaded_error";
        };
    return new MessagesError("error", new Details(type, refusal.getMessage()));
  }
}
