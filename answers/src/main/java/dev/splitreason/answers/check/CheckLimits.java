package dev.splitreason.answers.check;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.settings.Durations;
import java.time.Duration;

/**
 * What checking may cost.
 *
 * @param symbolicTime the processor time one check may use in computer algebra
 * @param symbolicWorkers the most processes that do computer algebra at once
 * @param symbolicHeapMegabytes the largest heap of each
 */
public record CheckLimits(Duration symbolicTime, int symbolicWorkers, int symbolicHeapMegabytes) {

  /** Three seconds, a worker for each processor, a quarter of a gigabyte. */
  public static final CheckLimits DEFAULT =
      new CheckLimits(Duration.ofSeconds(3), Runtime.getRuntime().availableProcessors(), 256);

  public CheckLimits {
    if (!symbolicTime.isPositive()) {
      throw new UserMistake(
          "the time for symbolic answers must be above 0, not " + Durations.write(symbolicTime));
    }
    if (symbolicWorkers < 1) {
      throw new UserMistake("at least 1 worker is needed, not " + symbolicWorkers);
    }
    if (symbolicHeapMegabytes < 64) {
      throw new UserMistake("a worker needs at least 64 MB, not " + symbolicHeapMegabytes);
    }
  }

  /** The same with another time for computer algebra. */
  public CheckLimits withSymbolicTime(Duration time) {
    return new CheckLimits(time, symbolicWorkers, symbolicHeapMegabytes);
  }
}
