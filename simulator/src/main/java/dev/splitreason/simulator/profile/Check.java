package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.UserMistake;
import java.util.Locale;

/** What the numbers of a profile must satisfy, told by the name they have in the file. */
final class Check {

  private Check() {}

  static void positive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, "must be above 0", value);
  }

  static void notNegative(String name, double value) {
    require(value >= 0 && Double.isFinite(value), name, "must not be negative", value);
  }

  private static void require(boolean holds, String name, String rule, double value) {
    if (!holds) {
      throw new UserMistake(String.format(Locale.ROOT, "%s %s, not %s", name, rule, value));
    }
  }
}
