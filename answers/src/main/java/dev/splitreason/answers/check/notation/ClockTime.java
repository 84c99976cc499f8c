package dev.splitreason.answers.check.notation;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time of day: {@code 3:30}, {@code 9 a.m.}, {@code 15:30}.
 *
 * @param minutes since midnight, or since noon too where nothing says which half of the day it is
 * @param half whether it says: by a.m. or p.m., or by an hour above 12
 */
public record ClockTime(int minutes, boolean half) {

  private static final int HALF_DAY = 12 * 60;

  private static final Pattern MARK =
      Pattern.compile(
          "\\s*(?:\\\\text\\s*\\{)?\\s*(?<![a-zA-Z])([aApP])\\.?\\s?[mM](?![a-zA-Z])\\.?\\s*\\}?$");

  private static final Pattern TIME = Pattern.compile("(\\d{1,2})(?:\\s*:\\s*(\\d{2}))?");

  /** Reads a time; null when the text is none, or only a number. */
  public static @Nullable ClockTime read(String unified) {
    String digits = withoutMark(unified).strip();
    boolean marked = !digits.equals(unified.strip());
    Matcher time = TIME.matcher(digits);
    if (!time.matches() || (!marked && time.group(2) == null)) {
      return null;
    }
    int hour = Integer.parseInt(time.group(1));
    int minute = time.group(2) == null ? 0 : Integer.parseInt(time.group(2));
    if (hour > 23 || minute > 59 || (marked && hour > 12)) {
      return null;
    }
    boolean afternoon = marked && MARK.matcher(unified).results().anyMatch(ClockTime::isAfternoon);
    int minutes =
        marked ? hour % 12 * 60 + minute + (afternoon ? HALF_DAY : 0) : hour * 60 + minute;
    return new ClockTime(minutes, marked || hour > 12 || hour == 0);
  }

  private static boolean isAfternoon(MatchResult mark) {
    return mark.group(1).equalsIgnoreCase("p");
  }

  /** The text without a.m. or p.m. behind it. */
  public static String withoutMark(String unified) {
    Matcher mark = MARK.matcher(unified);
    boolean behindDigit =
        mark.find() && mark.start() > 0 && Cursor.isDigit(unified.charAt(mark.start() - 1));
    return behindDigit ? unified.substring(0, mark.start()) : unified;
  }

  /**
   * Whether two times are the same; where one does not say which half of the day, either may be.
   */
  public boolean isSameAs(ClockTime other) {
    return (half && other.half)
        ? minutes == other.minutes
        : minutes % HALF_DAY == other.minutes % HALF_DAY;
  }
}
