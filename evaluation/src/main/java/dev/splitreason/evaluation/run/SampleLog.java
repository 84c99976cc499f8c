package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineLog;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.LineWriter;
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

  /** Beside the file: samples of questions that are asked otherwise now. */
  static final String OUTDATED = "outdated.jsonl";

  private final Map<SampleKey, Sample> samples = new LinkedHashMap<>();
  private final @Nullable Path file;
  private @Nullable LineLog lines;

  private SampleLog(@Nullable Path file, @Nullable LineLog lines) {
    this.file = file;
    this.lines = lines;
  }

  /** A log that is gone when the process ends. */
  public static SampleLog inMemory() {
    return new SampleLog(null, null);
  }

  /**
   * Opens or begins a file for one run alone.
   *
   * @throws IOException if it cannot be read or written, or another process writes it
   * @throws UserMistake with a one-line message, if a line is no sample
   */
  public static SampleLog open(Path file) throws IOException {
    LineLog lines = lock(file);
    var log = new SampleLog(file, lines);
    try {
      lines.truncate(log.recover(file, lines.size()));
      return log;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static LineLog lock(Path file) throws IOException {
    LineLog lines = LineLog.open(file);
    if (lines == null) {
      throw new IOException("another run is writing " + file + "; wait for it to end");
    }
    return lines;
  }

  /**
   * Reads the samples of a file that may still be written.
   *
   * @throws IOException if it cannot be read
   * @throws UserMistake with a one-line message, if a line is no sample
   */
  public static List<Sample> read(Path file) throws IOException {
    var log = new SampleLog(null, null);
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
      lines.append(Json.line(SampleJson.write(sample)));
    }
    samples.put(sample.key(), sample);
  }

  /**
   * Puts other samples in the place of all, on disk in one step.
   *
   * @param outdated those that are left out, which are kept in a file of their own
   * @throws IOException if they cannot be written; the samples are then as they were
   */
  synchronized void revise(List<Sample> revised, List<Sample> outdated) throws IOException {
    LineLog written = lines;
    if (file != null && written != null) {
      keep(outdated, file.resolveSibling(OUTDATED));
      try (LineWriter writer = LineWriter.open(file)) {
        for (Sample sample : revised) {
          writer.write(SampleJson.write(sample));
        }
        written.close();
        writer.complete();
      }
      lines = lock(file);
    }
    samples.clear();
    revised.forEach(sample -> samples.put(sample.key(), sample));
  }

  private static void keep(List<Sample> outdated, Path file) throws IOException {
    if (outdated.isEmpty()) {
      return;
    }
    try (LineLog kept = lock(file)) {
      for (Sample sample : outdated) {
        kept.append(Json.line(SampleJson.write(sample)));
      }
    }
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
