package dev.splitreason.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes text that may be anybody's, {@link Printable}: messages quote files, models, servers. */
public final class PrintableWriter extends FilterWriter {

  public PrintableWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    out.write(Printable.of(Character.toString((char) c)));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(Printable.of(new String(text, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(Printable.of(text.substring(offset, offset + length)));
  }
}
