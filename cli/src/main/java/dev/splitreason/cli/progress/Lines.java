package dev.splitreason.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line every few seconds, for a log, and one for the end. */
final class Lines implements Progress {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final String task;
  private final String things;
  private final long total;
  private final long before;
  private final PrintWriter stderr;
  private final long began = System.nanoTime();
  private long told = began;
  private @Nullable String untold;

  Lines(String task, String things, long total, long before, PrintWriter stderr) {
    this.task = task;
    this.things = things;
    this.total = total;
    this.before = before;
    this.stderr = stderr;
  }

  @Override
  public void tell(long finished, String how) {
    untold = "%s: %d/%d %s; %s".formatted(task, finished, total, things, how);
    long now = System.nanoTime();
    if (finished >= total) {
      close();
    } else if (now - told >= INTERVAL.toNanos()) {
      untold += "; " + timeLeft(finished, Duration.ofNanos(now - began)) + " left";
      told = now;
      close();
    }
  }

  @Override
  public void close() {
    if (untold != null) {
      stderr.println(untold);
      stderr.flush();
      untold = null;
    }
  }

  private String timeLeft(long finished, Duration passed) {
    double each = (double) passed.toSeconds() / Math.max(1, finished - before);
    long seconds = Math.round(each * (total - finished));
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
