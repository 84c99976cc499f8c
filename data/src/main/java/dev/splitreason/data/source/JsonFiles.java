package dev.splitreason.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Files of JSON made such that this module, or DuckDB, can read them. */
final class JsonFiles {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonFiles() {}

  /** The file itself, or a copy in a folder without its byte order mark, which DuckDB refuses. */
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

  /** A file's objects as they are written, a line each, in a file of a folder. */
  static Path unpacked(Path file, FileFormat format, Connection connection, Path folder)
      throws SQLException, IOException {
    Path lines = Files.createTempFile(folder, "unpacked", ".jsonl");
    String table = format.table(Duck.quote(file.toString()));
    try (Statement statement = connection.createStatement();
        ResultSet objects = statement.executeQuery("SELECT json FROM " + table);
        Writer out = Files.newBufferedWriter(lines)) {
      while (objects.next()) {
        // A line break can only stand between values.
        out.write(objects.getString(1).replace('\n', ' ').replace('\r', ' '));
        out.write('\n');
      }
    }
    return lines;
  }
}
