package dev.splitreason.cli.ask;

import dev.splitreason.core.file.OutputFile;
import dev.splitreason.files.trace.AnswerJson;
import dev.splitreason.files.trace.RecordedAnswer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JSONL file that traces are appended to, opened before the work so that it is not in vain. */
final class TraceFile implements AutoCloseable {

  private final FileOutputStream file;

  TraceFile(Path path) throws IOException {
    OutputFile.requireWritable(path);
    this.file = new FileOutputStream(path.toFile(), true);
  }

  /** Appends an answer in one write, so that processes may share a file. */
  void append(RecordedAnswer answer) throws IOException {
    file.write((AnswerJson.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
