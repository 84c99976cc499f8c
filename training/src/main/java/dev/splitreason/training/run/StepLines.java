package dev.splitreason.training.run;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineLog;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.nio.file.Path;

/** A file of lines that each name a step of a run. One run alone has it. */
final class StepLines implements AutoCloseable {

  private final Path file;
  private final LineLog lines;

  private StepLines(Path file, LineLog lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Opens or begins it, for a run that goes on after a step: lines of later steps are dropped, and
   * all lines of a run that begins anew.
   *
   * @throws IOException if it cannot be used, or another run has it
   */
  static StepLines open(Path file, long step) throws IOException {
    LineLog lines = LineLog.open(file);
    if (lines == null) {
      throw new IOException("another run is using " + file + "; wait for it to end");
    }
    StepLines log = new StepLines(file, lines);
    try {
      lines.truncate(step == 0 ? 0 : log.endOf(step));
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

  /** Adds a line. */
  void add(Object line) throws IOException {
    lines.append(Json.line(line));
  }

  /** All lines, in order. */
  LineReader read() throws IOException {
    return LineReader.open(file);
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
