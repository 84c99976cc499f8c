package dev.splitreason.data.llm;

import dev.splitreason.core.error.UserMistake;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server and how it may be used.
 *
 * @param base the address before {@code /chat/completions}, such as {@code http://host:8000/v1}
 * @param model the model's name there
 * @param apiKey sent as a bearer token, or null for none
 * @param maxTokens the most tokens of an answer, thinking included
 * @param temperature of the answer
 * @param timeout for one answer
 * @param attempts how often a request is tried, at least 1
 * @param backoff waited after the first failed attempt; doubled after each further one
 * @param inDoubt what to do about a request that may have been answered, and paid for, unseen
 */
public record Endpoint(
    URI base,
    String model,
    @Nullable String apiKey,
    int maxTokens,
    double temperature,
    Duration timeout,
    int attempts,
    Duration backoff,
    InDoubt inDoubt) {

  /**
   * What to do about a request whose answer was lost: its connection broke, or the process was
   * killed while it was under way.
   */
  public enum InDoubt {
    /** Send it again, under the same idempotency key. */
    ASK_AGAIN,
    /** Never send it again: its trace fails. */
    GIVE_UP
  }

  public Endpoint {
    if (attempts < 1 || maxTokens < 1) {
      throw new UserMistake(
          "attempts and the most tokens must be at least 1, not " + attempts + " and " + maxTokens);
    }
    if (!timeout.isPositive()) {
      throw new UserMistake("the time for an answer must be above 0");
    }
  }

  /** A server with patience for a long run: 8 attempts over about four minutes. */
  public static Endpoint of(URI base, String model, @Nullable String apiKey) {
    return new Endpoint(
        base,
        model,
        apiKey,
        16_384,
        0,
        Duration.ofMinutes(15),
        8,
        Duration.ofSeconds(2),
        InDoubt.ASK_AGAIN);
  }

  /** Where requests go. */
  URI completions() {
    return URI.create(base.toString().replaceFirst("/+$", "") + "/chat/completions");
  }
}
