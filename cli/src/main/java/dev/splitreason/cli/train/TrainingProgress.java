package dev.splitreason.cli.train;

import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.RunListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells on stderr how far a run is: on a terminal a bar that is drawn anew, elsewhere a line every
 * few seconds.
 */
final class TrainingProgress implements RunListener {

  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(500);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
  private static final int BAR = 24;

  private final PrintWriter stderr;
  private final boolean terminal;
  private long steps;
  private long first;
  private double seconds;
  private long tokens;
  private long told;
  private double speed;
  private double untilNow;
  private int widest;

  TrainingProgress(PrintWriter stderr, boolean terminal) {
    this.stderr = stderr;
    this.terminal = terminal;
  }

  @Override
  public void onData(int examples, String losses) {
    String left = losses.isEmpty() ? "" : "; left out: " + losses;
    stderr.println("train: %,d examples".formatted(examples) + left);
  }

  @Override
  public void onBegin(long step, long steps) {
    this.first = step;
    this.steps = steps;
    this.told = System.nanoTime();
    if (step > 0) {
      stderr.println("train: going on after step %d of %d".formatted(step, steps));
    }
  }

  @Override
  public void onStep(StepReport report) {
    seconds += report.seconds();
    tokens += report.tokens();
    untilNow += report.seconds();
    Duration interval = terminal ? TERMINAL_INTERVAL : LINE_INTERVAL;
    long now = System.nanoTime();
    if (now - told < interval.toNanos() && report.step() != steps) {
      return;
    }
    told = now;
    speed = tokens / seconds;
    tokens = 0;
    seconds = 0;
    double left = untilNow / (report.step() - first) * (steps - report.step());
    String line =
        String.format(
            Locale.ROOT,
            "step %d/%d; loss %.4f; %,.0f tokens/s; %s left",
            report.step(),
            steps,
            report.loss(),
            speed,
            duration(Math.round(left)));
    if (terminal) {
      redraw(bar(report.step()) + " " + line);
    } else {
      stderr.println("train: " + line);
    }
  }

  @Override
  public void onMeasured(Measurement measurement) {
    StringBuilder line = new StringBuilder("train: after step " + measurement.step());
    Double accuracy = measurement.accuracy();
    if (accuracy != null) {
      line.append(
          String.format(
              Locale.ROOT,
              ": %.1f %% of %d answers right",
              100 * accuracy,
              measurement.problems()));
    }
    Double loss = measurement.heldOutLoss();
    if (loss != null) {
      line.append(
          String.format(Locale.ROOT, "%s held-out loss %.4f", accuracy == null ? ":" : ",", loss));
    }
    println(line.toString());
  }

  @Override
  public void onCheckpoint(Path folder) {
    println("train: saved " + folder);
  }

  private void println(String line) {
    if (terminal) {
      redraw(line);
      stderr.println();
      widest = 0;
    } else {
      stderr.println(line);
    }
  }

  private void redraw(String line) {
    stderr.print("\r" + line + " ".repeat(Math.max(0, widest - line.length())));
    stderr.flush();
    widest = line.length();
  }

  private String bar(long step) {
    int filled = (int) (BAR * step / Math.max(1, steps));
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  private static String duration(long seconds) {
    Duration left = Duration.ofSeconds(seconds);
    return left.toHours() > 0
        ? "%d h %02d min".formatted(left.toHours(), left.toMinutesPart())
        : "%d min %02d s".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
