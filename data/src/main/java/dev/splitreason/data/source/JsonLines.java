package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What files of JSON need around DuckDB, which takes no byte order mark and counts lines amiss. */
final class JsonLines {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonLines() {}

  /** The file itself, or a copy of it in a folder without the byte order mark it begins with. */
  static Path withoutByteOrderMark(Path file, Path folder) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
        return file;
      }
      Path copy = Files.createTempDirectory(folder, "plain").resolve(file.getFileName());
      Files.copy(bytes, copy);
      return copy;
    }
  }

  /** Where the first line is that is no JSON object and what is wrong with it, or null. */
  static @Nullable String firstBroken(List<Path> files) {
    for (Path file : files) {
      try (LineReader reader = LineReader.open(file)) {
        for (Line line = reader.next(); line != null; line = reader.next()) {
          try {
            var _ = line.object();
          } catch (MalformedLineException e) {
            return file + ", line " + line.number() + " " + e.getMessage();
          }
        }
      } catch (IOException e) {
        return null;
      }
    }
    return null;
  }
}
