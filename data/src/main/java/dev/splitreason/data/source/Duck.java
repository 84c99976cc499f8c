package dev.splitreason.data.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** DuckDB as this module uses it: in memory, within bounds, and without downloading anything. */
public final class Duck {

  /** Native memory for sorting and for pages being read or written; beyond it, DuckDB spills. */
  private static final String MEMORY = "512MB";

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

  /** A text as an SQL literal. */
  public static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A column's name as an SQL identifier. */
  public static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** Whether values of an SQL type are lists or objects, which are read as JSON. */
  public static boolean isNested(String type) {
    return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP");
  }
}
