package dev.splitreason.training.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.training.loop.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.jsonl}: a line for every step and every measurement. */
final class MetricsLog implements AutoCloseable {

  private final Path file;
  private final StepLines lines;

  private MetricsLog(Path file, StepLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Opens or begins it, for a run that goes on after a step.
   *
   * @throws IOException if it cannot be used, or another run has it
   */
  static MetricsLog open(Path file, long step) throws IOException {
    return new MetricsLog(file, StepLines.open(file, step));
  }

  /** What is told of a step, with what else its kind of run tells behind it. */
  private record StepLine(
      long step,
      double loss,
      double gradientNorm,
      double rate,
      long tokens,
      double seconds,
      @JsonAnyGetter Map<String, Double> figures) {}

  /** What is told of a measurement: only what was measured. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record MeasurementLine(
      long step,
      @Nullable Double accuracy,
      @Nullable Integer problems,
      @Nullable Double offloadRatio,
      @Nullable Double heldOutLoss,
      double measureSeconds) {}

  void add(StepReport report) throws IOException {
    lines.add(
        new StepLine(
            report.step(),
            report.loss(),
            report.gradientNorm(),
            report.rate(),
            report.tokens(),
            round(report.seconds()),
            report.figures()));
  }

  void add(Measurement measurement) throws IOException {
    lines.add(
        new MeasurementLine(
            measurement.step(),
            measurement.accuracy(),
            measurement.accuracy() == null ? null : measurement.problems(),
            measurement.offloadRatio(),
            measurement.heldOutLoss(),
            round(measurement.seconds())));
  }

  /** The values of a key over the steps that have it, in order. */
  Curve curve(String key) throws IOException {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    try (LineReader reader = lines.read()) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        @Nullable ObjectNode object = line.object();
        if (object.path(key).isNumber()) {
          steps.add(object.path("step").asDouble());
          values.add(object.path(key).asDouble());
        }
      }
    } catch (MalformedLineException e) {
      throw new IOException(file + " " + e.getMessage(), e);
    }
    return new Curve(key, steps, values);
  }

  /**
   * A quantity over the run.
   *
   * @param name as in the file
   * @param steps where it is known
   * @param values as many
   */
  record Curve(String name, List<Double> steps, List<Double> values) {}

  private static double round(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }

  /** Makes sure that everything added is on the disk. */
  void force() throws IOException {
    lines.force();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
