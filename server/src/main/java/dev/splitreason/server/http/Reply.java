package dev.splitreason.server.http;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.server.error.Refusal;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;

/** Replies with JSON. */
public final class Reply {

  private static final String JSON = "application/json";

  private Reply() {}

  /** A document: a record whose components are its fields. */
  public static void json(ServerResponse response, Object document) {
    send(response, 200, document);
  }

  /** A document that is written already. */
  public static void bytes(ServerResponse response, byte[] json) {
    response.header(HeaderNames.CONTENT_TYPE, JSON);
    response.send(json);
  }

  /** An error, with its status. */
  public static void refusal(ServerResponse response, Refusal refusal, Object document) {
    Duration wait = refusal.retryAfter();
    if (wait != null) {
      response.header(HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
    }
    send(response, refusal.kind().status(), document);
  }

  /** A document with a status. */
  public static void send(ServerResponse response, int status, Object document) {
    response.status(Status.create(status));
    response.header(HeaderNames.CONTENT_TYPE, JSON);
    response.send(Json.line(document));
  }
}
