package dev.splitreason.cli.train;

import dev.splitreason.cli.progress.Progress;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.RunListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells on stderr how far a run is, how fast, and what the model could do when last measured. */
public final class TrainingProgress implements RunListener, AutoCloseable {

  private static final Duration SPEED_INTERVAL = Duration.ofSeconds(2);

  private final PrintWriter stderr;
  private final boolean speaks;
  private @Nullable Progress progress;
  private String measured = "";
  private double seconds;
  private long tokens;
  private double speed;

  /**
   * Progress of one process.
   *
   * @param speaks whether it is this one that tells
   */
  public TrainingProgress(PrintWriter stderr, boolean speaks) {
    this.stderr = stderr;
    this.speaks = speaks;
  }

  @Override
  public void onData(int examples, String losses) {
    String left = losses.isEmpty() ? "" : "; left out: " + losses;
    say(examples + " examples" + left);
  }

  @Override
  public void onModel(long parameters, String device) {
    say(String.format(Locale.ROOT, "%,d parameters learn on %s", parameters, device));
  }

  @Override
  public void onShares(int batches, int threads) {
    if (batches < threads) {
      say(
          "only %d of %d threads have work: micro-batch divides a step into no more batches; make it smaller"
              .formatted(batches, threads));
    }
  }

  @Override
  public void onBegin(long step, long steps) {
    progress = Progress.towards("train", "steps", steps, step, stderr);
  }

  @Override
  public void onStep(StepReport report) {
    seconds += report.seconds();
    tokens += report.tokens();
    if (speed == 0 || seconds > SPEED_INTERVAL.toSeconds()) {
      speed = tokens / seconds;
      seconds = 0;
      tokens = 0;
    }
    if (progress != null) {
      progress.tell(
          report.step(),
          String.format(Locale.ROOT, "%s; %,.0f tokens/s%s", words(report), speed, measured));
    }
  }

  /** Of sampled answers, what they were worth says more than the loss. */
  private static String words(StepReport report) {
    Double reward = report.figures().get("reward");
    Double accuracy = report.figures().get("accuracy_reward");
    Double offloaded = report.figures().get("rollout_offload_ratio");
    if (reward == null || accuracy == null || offloaded == null) {
      return String.format(Locale.ROOT, "loss %.4f", report.loss());
    }
    return String.format(
        Locale.ROOT,
        "reward %.3f, %.1f %% right, %.1f %% offloaded",
        reward,
        100 * accuracy,
        100 * offloaded);
  }

  @Override
  public void onMeasured(Measurement measurement) {
    StringBuilder told = new StringBuilder();
    Double accuracy = measurement.accuracy();
    if (accuracy != null) {
      told.append(
          String.format(
              Locale.ROOT,
              "; %.1f %% of %d answers right",
              100 * accuracy,
              measurement.problems()));
    }
    Double offloaded = measurement.offloadRatio();
    if (offloaded != null) {
      told.append(String.format(Locale.ROOT, ", %.1f %% offloaded", 100 * offloaded));
    }
    Double loss = measurement.heldOutLoss();
    if (loss != null) {
      told.append(String.format(Locale.ROOT, "; held-out loss %.4f", loss));
    }
    measured = told.isEmpty() ? "" : told + " after step " + measurement.step();
  }

  /** Tells something. */
  void say(String words) {
    if (speaks) {
      stderr.println("train: " + words);
    }
  }

  /** What was measured last, in words. */
  String measured() {
    return measured;
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
