package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineLog;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a run, kept in memory and, where there is a file, on disk as they come: a line
 * each. A run that was killed goes on from the file; a last line that was cut short is dropped. A
 * failed sample may be drawn again, and its successor counts. Thread-safe.
 */
public final class SampleLog implements AutoCloseable {

  private final Map<SampleKey, Sample> samples = new LinkedHashMap<>();
  private final @Nullable LineLog lines;

  private SampleLog(@Nullable LineLog lines) {
    this.lines = lines;
  }

  /** A log that is gone when the process ends. */
  public static SampleLog inMemory() {
    return new SampleLog(null);
  }

  /**
   * Opens or begins a file for one run alone.
   *
   * @throws IOException if it cannot be read or written, or another process writes it
   * @throws UserMistake with a one-line message, if a line is no sample
   */
  public static SampleLog open(Path file) throws IOException {
    LineLog lines = LineLog.open(file);
    if (lines == null) {
      throw new IOException("another run is writing " + file + "; wait for it to end");
    }
    var log = new SampleLog(lines);
    try {
      lines.truncate(log.recover(file, lines.size()));
      return log;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * Reads the samples of a file that may still be written.
   *
   * @throws IOException if it cannot be read
   * @throws UserMistake with a one-line message, if a line is no sample
   */
  public static List<Sample> read(Path file) throws IOException {
    var log = new SampleLog(null);
    log.recover(file, file.toFile().length());
    return log.samples();
  }

  /** Whether a problem has such a sample, and it did not fail. */
  public synchronized boolean has(SampleKey key, String question) {
    Sample sample = samples.get(key);
    return sample != null && !sample.failed() && sample.problem().text().equals(question);
  }

  /** All samples so far, in the order they first came. */
  public synchronized List<Sample> samples() {
    return List.copyOf(samples.values());
  }

  /**
   * Adds a sample. When this returns, killing the process loses nothing of it.
   *
   * @throws IOException if it cannot be written; the file is then as it was before
   */
  public synchronized void add(Sample sample) throws IOException {
    if (lines != null) {
      lines.append(SampleJson.write(sample));
    }
    samples.put(sample.key(), sample);
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }

  /** Takes the file's whole lines, and tells where the last of them ends. */
  private long recover(Path file, long size) throws IOException {
    long whole = 0;
    try (LineReader reader = LineReader.open(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        long end = line.offset() + line.bytes().length + 1;
        if (end > size) {
          break;
        }
        try {
          Sample sample = SampleJson.read(line.bytes());
          samples.put(sample.key(), sample);
        } catch (MalformedLineException e) {
          throw UserMistake.of(new Place.DataLine(file, line.number()), e.getMessage());
        }
        whole = end;
      }
    }
    return whole;
  }
}
