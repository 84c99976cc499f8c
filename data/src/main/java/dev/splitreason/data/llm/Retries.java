package dev.splitreason.data.llm;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a request is tried again. */
record Retries(Duration backoff) {

  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
  private static final Duration LONGEST_WISH = Duration.ofMinutes(10);

  /** Whether a request with this answer may be answered later. */
  static boolean helpAgainst(int status) {
    return status == 408 || status == 409 || status == 429 || (status >= 500 && status != 501);
  }

  /**
   * Exponential backoff with full jitter, so that many waiting requests do not come back at once.
   */
  Duration pause(int attempt) {
    long doubled = backoff.toMillis() << Math.min(attempt - 1, 16);
    long longest = Math.min(doubled, LONGEST_BACKOFF.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  /** What the server asks for in {@code Retry-After}, else {@link #pause(int)}. */
  Duration pause(int attempt, HttpHeaders headers) {
    String wish = headers.firstValue("Retry-After").orElse("");
    Duration pause = wish.isEmpty() ? pause(attempt) : parse(wish, pause(attempt));
    return pause.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : pause;
  }

  private static Duration parse(String wish, Duration otherwise) {
    try {
      if (wish.chars().allMatch(c -> c >= '0' && c <= '9') && wish.length() < 10) {
        return Duration.ofSeconds(Long.parseLong(wish));
      }
      ZonedDateTime date = ZonedDateTime.parse(wish, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(ZonedDateTime.now(date.getZone()), date);
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
