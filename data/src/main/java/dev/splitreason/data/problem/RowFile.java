package dev.splitreason.data.problem;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.data.source.Conversation;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.Duck;
import dev.splitreason.data.source.JsonRow;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
        try {
          rows.add(new Row(file.toString(), line.number(), texts(JsonRow.of(line.bytes()))));
        } catch (MalformedLineException e) {
          throw UserMistake.of(new Place.DataLine(file, line.number()), e.getMessage());
        }
      }
    }
    return rows;
  }

  private static Map<String, @Nullable String> texts(Map<String, JsonNode> row)
      throws MalformedLineException {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : row.entrySet()) {
      values.put(property.getKey(), text(property.getValue()));
    }
    return values;
  }

  private static @Nullable String text(JsonNode value) throws MalformedLineException {
    if (value.isNull()) {
      return null;
    }
    String text =
        Conversation.is(value)
            ? Conversation.question(value)
            : Conversation.isParts(value)
                ? Conversation.parts(value)
                : value.isContainer() ? value.toString() : value.asString();
    if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedLineException("holds half a surrogate pair");
    }
    return text;
  }

  private static List<Row> table(Path file, String function) throws IOException {
    String table = function.formatted(Duck.quote(file.toString()));
    Path spill = Files.createTempDirectory("splitreason-problems");
    List<Row> rows = new ArrayList<>();
    try (Connection connection = Duck.open(spill);
        Statement statement = connection.createStatement()) {
      Map<String, String> types = types(statement, table);
      try (ResultSet result =
          statement.executeQuery("SELECT " + columns(types) + " FROM " + table)) {
        while (result.next()) {
          rows.add(row(file, rows.size() + 1, types, result));
        }
      }
    } catch (SQLException e) {
      throw DataException.of("cannot read " + file, e);
    } finally {
      FileTree.delete(spill);
    }
    return rows;
  }

  private static Map<String, String> types(Statement statement, String table) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    return types;
  }

  private static String columns(Map<String, String> types) {
    return types.entrySet().stream()
        .map(column -> column(Duck.name(column.getKey()), column.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Texts that a writer has not marked as such are binary to Parquet, as pictures are. */
  private static String column(String name, String type) {
    return type.equals("BLOB")
        ? "TRY(decode(" + name + "))"
        : Duck.isNested(type) ? "CAST(to_json(" + name + ") AS VARCHAR)" : name;
  }

  private static Row row(Path file, long number, Map<String, String> types, ResultSet result)
      throws SQLException {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    int column = 0;
    for (Map.Entry<String, String> typed : types.entrySet()) {
      String text = result.getString(++column);
      try {
        values.put(
            typed.getKey(),
            text != null && Duck.isNested(typed.getValue())
                ? text(Json.MAPPER.readTree(text))
                : text);
      } catch (MalformedLineException e) {
        throw UserMistake.of(new Place.TableRow(file, number), e.getMessage());
      }
    }
    return new Row(file.toString(), number, values);
  }
}
