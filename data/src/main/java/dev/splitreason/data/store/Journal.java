package dev.splitreason.data.store;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineLog;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an annotation run has done so far: a line for the run, then a line for each trace as it is
 * finished. A run that was killed goes on from it; a last line that was cut short is dropped.
 * Thread-safe.
 */
public final class Journal implements AutoCloseable {

  /** The first line. */
  private record Header(RunSettings splitreasonJournal) {}

  private final Path path;
  private final LineLog lines;

  /** Finished rows, with a digest of the trace that each was. */
  private final Map<Long, Long> finished = new HashMap<>();

  private long outdated;

  private Journal(Path path, LineLog lines) {
    this.path = path;
    this.lines = lines;
  }

  /**
   * Opens or begins a journal.
   *
   * @param run what the run does; a journal of another run is refused, and told how it differs
   * @throws DataException if the journal is another run's, in use, or not a journal
   */
  public static Journal open(Path path, RunSettings run) {
    try {
      LineLog lines = LineLog.open(path);
      if (lines == null) {
        throw new DataException(
            "another run is using the journal " + path + "; wait for it to end");
      }
      var journal = new Journal(path, lines);
      try {
        journal.recover(run);
        return journal;
      } catch (IOException | RuntimeException e) {
        lines.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataException.of("cannot open the journal " + path, e);
    }
  }

  /**
   * Whether a trace needs no further work. What was made of another trace that had its row, before
   * the source was changed, is outdated from here on.
   */
  public synchronized boolean isFinished(SourceTrace trace) {
    Long known = finished.get(trace.row());
    if (known == null) {
      return false;
    }
    if (known == digest(trace.id(), trace.problem(), trace.answer(), trace.text())) {
      return true;
    }
    finished.remove(trace.row());
    outdated++;
    return false;
  }

  /** The number of traces that need no further work. */
  public synchronized int finished() {
    return finished.size();
  }

  /** How many finished traces were found to be other ones now. */
  public synchronized long outdated() {
    return outdated;
  }

  /**
   * Records a trace. When this returns, killing the process loses nothing of it.
   *
   * @throws DataException if it cannot be written; the journal is then as it was before
   */
  public synchronized void append(AnnotatedTrace trace) {
    try {
      lines.append(Json.line(trace));
    } catch (IOException e) {
      throw DataException.of("cannot write the journal " + path, e);
    }
    if (trace.status().isFinal()) {
      finished.put(trace.row(), digest(trace.id(), trace.problem(), trace.answer(), trace.text()));
    }
  }

  /** Waits until everything appended is on disk. */
  public synchronized void force() throws IOException {
    lines.force();
  }

  private void recover(RunSettings run) throws IOException {
    long whole = 0;
    try (LineReader reader = LineReader.open(path)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        long end = line.offset() + line.bytes().length + 1;
        if (end > lines.size()) {
          break;
        }
        take(line, run);
        whole = end;
      }
    }
    lines.truncate(whole);
    if (whole == 0) {
      lines.append(Json.line(new Header(run)));
    }
  }

  private void take(Line line, RunSettings run) {
    ObjectNode object;
    try {
      object = line.object();
    } catch (MalformedLineException e) {
      throw new DataException(
          path
              + " line "
              + line.number()
              + " "
              + e.getMessage()
              + "; move the file away to begin anew");
    }
    if (line.number() == 1) {
      String difference = run.differenceFrom(begun(object));
      if (!difference.isEmpty()) {
        throw new DataException(
            path
                + " is the journal of another run: "
                + difference
                + "; repeat that run, or move the file away to begin anew");
      }
    } else if (!object.path("status").asString("").equals(Status.FAILED.label())) {
      finished.put(
          object.path("row").asLong(0),
          digest(
              object.path("id").asString(""),
              object.path("problem").asString(null),
              object.path("answer").asString(null),
              object.path("text").asString("")));
    }
  }

  private RunSettings begun(ObjectNode header) {
    try {
      return Json.MAPPER.treeToValue(header, Header.class).splitreasonJournal();
    } catch (JacksonException | NullPointerException e) {
      throw new DataException(
          path + " does not say what run it is of; move the file away to begin anew", e);
    }
  }

  /** The first 64 bits of SHA-256 over a trace's values, each with its length before it. */
  private static long digest(
      String id, @Nullable String problem, @Nullable String answer, String text) {
    MessageDigest sha = Sha256.begin();
    for (String value : Arrays.asList(id, problem, answer, text)) {
      byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_16LE);
      sha.update(
          ByteBuffer.allocate(5).put((byte) (value == null ? 0 : 1)).putInt(bytes.length).flip());
      sha.update(bytes);
    }
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
