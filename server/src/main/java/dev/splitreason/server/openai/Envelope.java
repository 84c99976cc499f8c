package dev.splitreason.server.openai;

import java.time.Instant;
import java.util.UUID;

/**
 * What all documents about one request say alike.
 *
 * @param created in seconds since 1970
 * @param model as the client named it
 */
record Envelope(String id, long created, String model) {

  /** That of a request that has just come. */
  static Envelope now(String prefix, String model) {
    String id = prefix + UUID.randomUUID().toString().replace("-", "");
    return new Envelope(id, Instant.now().getEpochSecond(), model);
  }
}
