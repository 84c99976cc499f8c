package dev.splitreason.data.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of a table that DuckDB reads. */
final class DuckRows implements RowReader {

  /** All that the driver says where the first rows of a stream cannot be read. */
  private static final String UNTOLD = "Invalid result set";

  private final String where;
  private final Map<String, String> types;
  private final Statement statement;
  private final ResultSet rows;

  private DuckRows(String where, Map<String, String> types, Statement statement, ResultSet rows) {
    this.where = where;
    this.types = types;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * Reads columns of a query that numbers its rows as {@link RowChoice#NUMBER}.
   *
   * @param where the source, for messages
   * @param types of the columns to read, at least one, by name
   */
  static DuckRows of(Connection connection, String query, Map<String, String> types, String where)
      throws SQLException {
    String columns =
        types.keySet().stream()
            .map(column -> text(column, types.getOrDefault(column, "")))
            .collect(Collectors.joining(", "));
    Statement statement = connection.createStatement();
    try {
      ResultSet rows =
          statement.executeQuery(
              "SELECT " + RowChoice.NUMBER + ", " + columns + " FROM (" + query + ")");
      return new DuckRows(where, types, statement, rows);
    } catch (SQLException e) {
      statement.close();
      if (String.valueOf(e.getMessage()).contains(UNTOLD)) {
        throw new DataException(
            "cannot read "
                + where
                + ": a value cannot be read; text must be UTF-8, and a filter fit every row",
            e);
      }
      throw e;
    }
  }

  private static String text(String column, String type) {
    String name = Duck.name(column);
    return "CAST(" + (Duck.isNested(type) ? "to_json(" + name + ")" : name) + " AS VARCHAR)";
  }

  @Override
  public @Nullable SourceRow next() {
    try {
      if (!rows.next()) {
        return null;
      }
      long number = rows.getLong(1);
      Map<String, JsonNode> values = new LinkedHashMap<>();
      int column = 1;
      for (Map.Entry<String, String> typed : types.entrySet()) {
        String text = rows.getString(++column);
        values.put(typed.getKey(), Duck.json(text, typed.getValue()));
      }
      return new SourceRow(number, where + ", row " + number, values);
    } catch (SQLException e) {
      throw DataException.of("cannot read " + where, e);
    }
  }

  @Override
  public void close() {
    try (statement) {
      rows.close();
    } catch (SQLException e) {
      throw DataException.of("cannot close " + where, e);
    }
  }
}
