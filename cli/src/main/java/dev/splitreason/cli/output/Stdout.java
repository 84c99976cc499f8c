package dev.splitreason.cli.output;

import dev.splitreason.files.jsonl.Destination;
import dev.splitreason.files.jsonl.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The command's output: unbuffered, so that an answer appears as it is decoded, and UTF-8 whatever
 * the locale. Every method throws {@link OutputClosedException} when nobody reads any more, and
 * {@link UncheckedIOException} when writing fails otherwise; {@link System#out} would swallow both.
 */
public final class Stdout {

  private final OutputStream bytes;

  /** Output to a stream. */
  public Stdout(OutputStream bytes) {
    this.bytes = bytes;
  }

  /** The process's own standard output. */
  public static Stdout ofProcess() {
    return new Stdout(new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Where a summary goes that is told beside an output: to standard output, or to stderr where that
   * is the output itself.
   */
  public static Stdout beside(Path output) {
    return Destination.isStdout(output)
        ? new Stdout(new FileOutputStream(FileDescriptor.err))
        : ofProcess();
  }

  /** Writes text that may be anybody's, {@link Printable}. */
  public void print(String text) {
    printStyled(Printable.of(text));
  }

  /** Writes text as it is: its control sequences are the command's own. */
  public void printStyled(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a line. */
  public void println(String line) {
    print(line + "\n");
  }

  /**
   * Writes one JSON document and a line break, in one piece or not at all.
   *
   * @param document a record whose components are its fields
   */
  public void json(Object document) {
    byte[] json = Json.line(document);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    write(line);
  }

  private void write(byte[] text) {
    try {
      bytes.write(text);
      bytes.flush();
    } catch (IOException e) {
      // Java tells a reader that went away from a full disk only by the system's message.
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
        throw new OutputClosedException(e);
      }
      throw new UncheckedIOException("cannot write to stdout: " + e.getMessage(), e);
    }
  }
}
