package dev.splitreason.data.source;

import dev.splitreason.core.error.UserMistake;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows of the view {@code source} are wanted: those that a filter keeps, or a draw. */
final class RowChoice {

  /** The column with a row's number. */
  static final String NUMBER = "splitreason_row";

  /** Guesses at what a column's texts mean, which are texts in the filter as in the file. */
  private static final Set<String> GUESSED = Set.of("DATE", "TIME", "TIMESTAMP", "UUID", "JSON");

  private RowChoice() {}

  /** The source's rows with their numbers, filtered and sampled, as SQL. */
  static String query(SourceOptions options) {
    String filtered =
        "SELECT * FROM (SELECT *, row_number() OVER () AS splitreason_row FROM source)"
            + (options.filter() == null ? "" : " WHERE (" + options.filter() + ")");
    if (options.sample() == 0) {
      return filtered;
    }
    return "SELECT * FROM ("
        + filtered
        + ") WHERE splitreason_row IN (SELECT splitreason_row FROM ("
        + filtered
        + ") ORDER BY hash(splitreason_row, "
        + options.seed()
        + "::BIGINT), splitreason_row LIMIT "
        + options.sample()
        + ")";
  }

  /**
   * Refuses a filter that is no condition on the view's columns; reads no rows.
   *
   * @throws UserMistake with DuckDB's reason
   */
  static void requireFilter(Connection connection, SourceOptions options) throws SQLException {
    if (options.filter() == null) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("EXPLAIN " + query(options));
    } catch (SQLException e) {
      throw UserMistake.ofOption(
          "--filter", "is no condition on the columns: " + Duck.complaint(e));
    }
  }

  /** The numbers of the rows that are wanted. */
  static BitSet numbers(Connection connection, SourceOptions options) throws SQLException {
    var numbers = new BitSet();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + NUMBER + " FROM (" + query(options) + ")")) {
      while (rows.next()) {
        numbers.set(Math.toIntExact(rows.getLong(1)));
      }
    }
    return numbers;
  }

  /** Makes the view of files of JSON, for a filter alone: their values are never taken from it. */
  static void viewJson(Connection connection, FileFormat format, String files) throws SQLException {
    view(connection, format.guessed(files, "sample_size = -1"));
    Map<String, String> types = types(connection);
    if (types.values().stream().anyMatch(RowChoice::isGuessed)) {
      String columns =
          types.entrySet().stream()
              .map(
                  column ->
                      Duck.quote(column.getKey())
                          + ": "
                          + Duck.quote(
                              isGuessed(column.getValue()) ? "VARCHAR" : column.getValue()))
              .collect(Collectors.joining(", ", "columns = {", "}"));
      view(connection, format.guessed(files, columns));
    }
  }

  private static boolean isGuessed(String type) {
    return !type.endsWith("]") && GUESSED.stream().anyMatch(type::startsWith);
  }

  /** Makes the view of a table function. */
  static void view(Connection connection, String table) throws SQLException {
    try (Statement view = connection.createStatement()) {
      view.execute("CREATE OR REPLACE VIEW source AS SELECT * FROM " + table);
    }
  }

  /** The view's columns with their SQL types. */
  static Map<String, String> types(Connection connection) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement describe = connection.createStatement();
        ResultSet columns = describe.executeQuery("DESCRIBE source")) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    return types;
  }
}
