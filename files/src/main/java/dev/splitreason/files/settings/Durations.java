package dev.splitreason.files.settings;

import dev.splitreason.core.error.UserMistake;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 30s}, {@code 1.5m}, {@code 2h}; seconds
 * without a unit.
 */
public final class Durations {

  private static final Pattern NOTATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|)");

  private Durations() {}

  /**
   * Reads a duration, to the millisecond.
   *
   * @throws UserMistake with a one-line message, if it is none
   */
  public static Duration parse(String text) {
    Matcher matcher = NOTATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new UserMistake("'" + text + "' is no duration", "write 500ms, 30s, 5m or 2h");
    }
    long unitMillis =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1_000;
        };
    return Duration.ofMillis(
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitMillis)).longValue());
  }

  /** A duration of whole milliseconds as the text that {@link #parse} reads as an equal one. */
  public static String write(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0
        ? millis / 1_000 + "s"
        : millis / 1_000 + "." + "%03ds".formatted(millis % 1_000);
  }
}
