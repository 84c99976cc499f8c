package dev.splitreason.training.run;

import dev.splitreason.data.jsonl.Json;
import dev.splitreason.data.jsonl.Line;
import dev.splitreason.data.jsonl.LineLog;
import dev.splitreason.data.jsonl.LineReader;
import dev.splitreason.data.jsonl.MalformedLineException;
import dev.splitreason.training.loop.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.jsonl}: a line for every step and every measurement. One run alone has it. */
public final class MetricsLog implements AutoCloseable {

  private final Path file;
  private final LineLog lines;

  private MetricsLog(Path file, LineLog lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Opens or begins it, for a run that goes on after a step: lines of later steps are dropped.
   *
   * @throws IOException if it cannot be used, or another run has it
   */
  public static MetricsLog open(Path file, long step) throws IOException {
    LineLog lines = LineLog.open(file);
    if (lines == null) {
      throw new IOException("another run is using " + file + "; wait for it to end");
    }
    MetricsLog log = new MetricsLog(file, lines);
    try {
      lines.truncate(log.endOf(step));
    } catch (IOException e) {
      lines.close();
      throw e;
    }
    return log;
  }

  private long endOf(long step) throws IOException {
    long end = 0;
    try (LineReader reader = LineReader.open(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        long lineEnd = line.offset() + line.bytes().length + 1;
        if (lineEnd > lines.size() || line.object().path("step").asLong(0) > step) {
          break;
        }
        end = lineEnd;
      }
      return end;
    } catch (MalformedLineException e) {
      return end;
    }
  }

  /** Adds a line of a step, which it names under {@code step}. */
  public void add(ObjectNode line) throws IOException {
    lines.append(Json.line(line));
  }

  void add(StepReport report) throws IOException {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("step", report.step());
    line.put("loss", report.loss());
    line.put("gradient_norm", report.gradientNorm());
    line.put("rate", report.rate());
    line.put("tokens", report.tokens());
    line.put("seconds", round(report.seconds()));
    lines.append(Json.line(line));
  }

  void add(Measurement measurement) throws IOException {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("step", measurement.step());
    if (measurement.accuracy() != null) {
      line.put("accuracy", measurement.accuracy());
      line.put("problems", measurement.problems());
    }
    if (measurement.heldOutLoss() != null) {
      line.put("held_out_loss", measurement.heldOutLoss());
    }
    line.put("measure_seconds", round(measurement.seconds()));
    lines.append(Json.line(line));
  }

  /** The values of a key over the steps that have it, in order. */
  public Curve curve(String key) throws IOException {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    try (LineReader reader = LineReader.open(file)) {
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
  public record Curve(String name, List<Double> steps, List<Double> values) {}

  private static double round(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }

  /** Makes sure that everything added is on the disk. */
  public void force() throws IOException {
    lines.force();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
