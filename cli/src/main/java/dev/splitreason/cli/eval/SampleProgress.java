package dev.splitreason.cli.eval;

import dev.splitreason.cli.progress.Progress;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleListener;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Shows how far a run is, and how the contender that answers now does. */
public final class SampleProgress implements SampleListener {

  private final Progress progress;
  private final Map<Contender, Tally> tallies = new HashMap<>();
  private long finished;

  /**
   * Shows samples as they come.
   *
   * @param finished how many an earlier run has left
   */
  public SampleProgress(Progress progress, long finished) {
    this.progress = progress;
    this.finished = finished;
  }

  @Override
  public void onSample(Sample sample) {
    finished++;
    Contender contender = sample.key().contender();
    Tally tally = tallies.merge(contender, Tally.of(sample), Tally::plus);
    progress.tell(finished, "%s: %s (%s)".formatted(contender.policy(), tally, contender.models()));
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
