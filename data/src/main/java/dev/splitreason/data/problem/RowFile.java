package dev.splitreason.data.problem;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.Duck;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the rows of a problem file as text: JSONL, Parquet or CSV, told by its name.
 *
 * <p>JSONL is read line by line and not by DuckDB, whose guesses at types would turn an answer like
 * {@code 3:30} into a time of day.
 */
final class RowFile {

  /** Said and not guessed: quoted texts hold line breaks, semicolons and quotation marks. */
  private static final String COMMA_SEPARATED =
      "read_csv(%s, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";

  private RowFile() {}

  /**
   * All rows, in the file's order.
   *
   * @throws UserMistake with a one-line message, if a line or the kind of file cannot be read
   * @throws DataException if the file is broken
   * @throws IOException if it is missing
   */
  static List<Row> read(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return lines(file);
    }
    if (name.endsWith(".parquet")) {
      return table(file, "read_parquet(%s)");
    }
    if (name.endsWith(".csv")) {
      return table(file, COMMA_SEPARATED);
    }
    throw new UserMistake(
        "'" + file + "' is no problem file: its name must end with .jsonl, .parquet or .csv");
  }

  private static List<Row> lines(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (LineReader reader = LineReader.open(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        rows.add(new Row(file.toString(), line.number(), texts(line.object())));
      }
    } catch (MalformedLineException e) {
      throw UserMistake.of(new Place.DataLine(file, rows.size() + 1), e.getMessage());
    }
    return rows;
  }

  private static Map<String, @Nullable String> texts(ObjectNode object) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      JsonNode value = property.getValue();
      values.put(
          property.getKey(),
          value.isNull() ? null : value.isString() ? value.asString() : value.toString());
    }
    return values;
  }

  private static List<Row> table(Path file, String function) throws IOException {
    String query = "SELECT * FROM " + function.formatted(Duck.quote(file.toString()));
    Path spill = Files.createTempDirectory("splitreason-problems");
    List<Row> rows = new ArrayList<>();
    try (Connection connection = Duck.open(spill);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(new Row(file.toString(), rows.size() + 1, texts(result)));
      }
    } catch (SQLException e) {
      throw DataException.of("cannot read " + file, e);
    } finally {
      FileTree.delete(spill);
    }
    return rows;
  }

  private static Map<String, @Nullable String> texts(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      values.put(columns.getColumnLabel(i), row.getString(i));
    }
    return values;
  }
}
