package dev.splitreason.cli.eval;

import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.RunListener;
import dev.splitreason.evaluation.run.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells on stderr, every few seconds, how far a run is and how it goes. */
final class ProgressLine implements RunListener {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintWriter stderr;
  private final long total;
  private final Map<Contender, Tally> tallies = new HashMap<>();
  private long finished;
  private long told = System.nanoTime();

  /**
   * Progress towards a number of samples.
   *
   * @param finished how many an earlier run has left
   */
  ProgressLine(PrintWriter stderr, long total, long finished) {
    this.stderr = stderr;
    this.total = total;
    this.finished = finished;
    if (finished > 0) {
      stderr.println("eval: going on, %d of %d samples are there".formatted(finished, total));
    }
  }

  @Override
  public void onSample(Sample sample) {
    finished++;
    Contender contender = sample.key().contender();
    Tally tally = tallies.merge(contender, Tally.of(sample), Tally::plus);
    long now = System.nanoTime();
    if (finished == total || now - told >= INTERVAL.toNanos()) {
      told = now;
      stderr.println(
          "eval: %d/%d samples; %s (%s): %s"
              .formatted(finished, total, contender.policy(), contender.models(), tally));
    }
  }

  private record Tally(int right, int judged, int failed) {

    static Tally of(Sample sample) {
      return new Tally(sample.right() ? 1 : 0, sample.failed() ? 0 : 1, sample.failed() ? 1 : 0);
    }

    Tally plus(Tally other) {
      return new Tally(right + other.right, judged + other.judged, failed + other.failed);
    }

    @Override
    public String toString() {
      String accuracy =
          judged == 0
              ? "none judged"
              : String.format(Locale.ROOT, "%.1f %% right", 100.0 * right / judged);
      return accuracy + (failed == 0 ? "" : ", " + failed + " failed");
    }
  }
}
