package dev.splitreason.server.config;

import dev.splitreason.core.error.UserMistake;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that may ask.
 *
 * @param sha256 of the key, in 64 hexadecimal digits; the key itself is nowhere
 * @param answersAtOnce the most answers at once; null for no limit of its own
 * @param tokensPerMinute tokens of prompts and answers in a minute; null for no limit
 */
public record KeySettings(
    String sha256, @Nullable Integer answersAtOnce, @Nullable Integer tokensPerMinute) {

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  public KeySettings {
    if (!HASH.matcher(sha256).matches()) {
      throw new UserMistake("sha256 must be 64 hexadecimal digits, as serve --new-key prints them");
    }
    if ((answersAtOnce != null && answersAtOnce < 1)
        || (tokensPerMinute != null && tokensPerMinute < 1)) {
      throw new UserMistake("answers-at-once and tokens-per-minute must be at least 1");
    }
  }

  /** A key without limits of its own. */
  static KeySettings valueOf(String sha256) {
    return new KeySettings(sha256, null, null);
  }
}
