package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** DuckDB as this module uses it: in memory, within bounds, and without downloading anything. */
public final class Duck {

  /**
   * Native memory for sorting, for pages being read or written, and for the rows that are read at
   * once; beyond it, DuckDB spills what it can.
   */
  private static final String MEMORY = "2GB";

  /** The first line of a complaint about separated values; the third says what is wrong. */
  private static final Pattern LINE_OF_VALUES = Pattern.compile("CSV Error on Line: (\\d+)");

  /** Rows that the driver fetches together: DuckDB's vectors. */
  private static final int ROWS_AT_ONCE = 2048;

  /** Bytes of them: half a megabyte a row, far above any data set of traces. */
  private static final long MOST_AT_ONCE = 1L << 30;

  private Duck() {}

  /**
   * A fresh database whose results are streamed.
   *
   * @param spill where it may put what does not fit into memory
   */
  public static Connection open(Path spill) throws SQLException {
    var properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + MEMORY + "'");
      statement.execute("SET threads = 2");
      statement.execute("SET temp_directory = " + quote(spill.toString()));
      statement.execute("SET autoinstall_known_extensions = false");
    }
    return connection;
  }

  /** What DuckDB complains of, in a line of plain words. */
  static String complaint(SQLException error) {
    String message =
        String.valueOf(error.getMessage()).strip().replaceFirst("^[A-Z][\\w ]* Error: ", "");
    if (message.startsWith("Error when sniffing file")) {
      return "a row has more or fewer values than the first line has names, or a quotation mark is"
          + " left open";
    }
    if (message.startsWith("failed to allocate") || message.startsWith("could not allocate")) {
      return "it expands to more than " + MEMORY + " at once";
    }
    if (message.startsWith("Invalid string encoding found in Parquet")) {
      return "text must be UTF-8";
    }
    List<String> lines = message.lines().toList();
    Matcher line = LINE_OF_VALUES.matcher(lines.getFirst());
    return line.matches() && lines.size() > 2
        ? "line " + line.group(1) + ": " + lines.get(2)
        : lines.getFirst();
  }

  /** A text as an SQL literal. */
  public static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Refuses a table of which so many rows as are read at once expand to more than memory should
   * hold: a file of a kilobyte can say a text of a megabyte five thousand times.
   *
   * @param table what follows FROM
   * @param types of the columns that will be read, by name
   * @param where the table, for messages
   * @throws DataException in one line
   */
  public static void requireBounded(
      Connection connection, String table, Map<String, String> types, String where)
      throws SQLException {
    String size =
        types.entrySet().stream()
            .map(column -> "coalesce(" + bytes(name(column.getKey()), column.getValue()) + ", 0)")
            .collect(Collectors.joining(" + "));
    try (Statement statement = connection.createStatement();
        ResultSet most = most(statement, table, size)) {
      if (most.next() && most.getLong(1) > MOST_AT_ONCE) {
        throw new DataException(
            "%s expands to %,d MiB in %d rows, more than the %,d MiB that are read at once"
                .formatted(where, most.getLong(1) >> 20, ROWS_AT_ONCE, MOST_AT_ONCE >> 20));
      }
    }
  }

  /** Streamed results do not tell why they cannot be had; a table that is made of them does. */
  private static ResultSet most(Statement statement, String table, String size)
      throws SQLException {
    statement.execute(
        """
        CREATE OR REPLACE TEMP TABLE splitreason_bytes AS SELECT max(bytes) FROM (
          SELECT sum(size) AS bytes FROM (
            SELECT (row_number() OVER () - 1) // %d AS part, %s AS size FROM %s) GROUP BY part)
        """
            .formatted(ROWS_AT_ONCE, size, table));
    return statement.executeQuery("FROM splitreason_bytes");
  }

  private static String bytes(String column, String type) {
    return switch (type) {
      case "VARCHAR" -> "strlen(" + column + ")";
      case "BLOB" -> "octet_length(" + column + ")";
      case "VARCHAR[]" -> "list_sum(list_transform(" + column + ", lambda text: strlen(text)))";
      default -> isNested(type) ? "strlen(CAST(to_json(" + column + ") AS VARCHAR))" : "0";
    };
  }

  /** A column's name as an SQL identifier. */
  public static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** A value that was read as text, by its column's SQL type. */
  public static JsonNode json(@Nullable String text, String type) {
    if (text == null) {
      return NullNode.getInstance();
    }
    return isNested(type) ? Json.MAPPER.readTree(text) : StringNode.valueOf(text);
  }

  /** Whether values of an SQL type are lists or objects, which are read as JSON. */
  public static boolean isNested(String type) {
    return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP");
  }
}
