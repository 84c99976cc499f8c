package dev.splitreason.data.problem;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.data.source.Conversation;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.Duck;
import dev.splitreason.data.source.JsonRow;
import dev.splitreason.data.source.SeparatedValues;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the rows of a problem file as text, one after another: JSONL, Parquet, CSV or TSV, told by
 * its name, and lines of JSON from standard input and other pipes.
 *
 * <p>JSONL is read line by line and not by DuckDB, whose guesses at types would turn an answer like
 * {@code 3:30} into a time of day.
 */
final class RowFile {

  private RowFile() {}

  /**
   * Passes rows on in the file's order, until there are none or no more are wanted.
   *
   * @param each takes a row, and says whether it wants another
   * @throws UserMistake with a one-line message, if a line or the kind of file cannot be read
   * @throws DataException if the file is broken
   * @throws IOException if it is missing
   */
  static void read(Path file, Predicate<Row> each) throws IOException {
    var origin = new Origin(file);
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    String quoted = Duck.quote(file.toString());
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || origin.isStream()) {
      lines(file, each);
    } else if (name.endsWith(".parquet")) {
      table(file, "read_parquet(" + quoted + ")", each);
    } else if (name.endsWith(".csv")) {
      table(file, SeparatedValues.table(quoted, ","), each);
    } else if (name.endsWith(".tsv")) {
      table(file, SeparatedValues.table(quoted, "\\t"), each);
    } else {
      throw new UserMistake(
          "'"
              + file
              + "' is no problem file: its name must end with .jsonl, .parquet, .csv or .tsv, or"
              + " these with .gz");
    }
  }

  private static void lines(Path file, Predicate<Row> each) throws IOException {
    try (LineReader reader = LineReader.open(file)) {
      boolean wanted = true;
      for (Line line = reader.next(); line != null && wanted; line = reader.next()) {
        wanted = each.test(row(file, line));
      }
    }
  }

  private static Row row(Path file, Line line) {
    try {
      return row(file, line.number(), JsonRow.of(line.bytes()));
    } catch (MalformedLineException e) {
      throw UserMistake.of(new Place.DataLine(file, line.number()), e.getMessage());
    }
  }

  private static Row row(Path file, long number, Map<String, JsonNode> row)
      throws MalformedLineException {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    Set<String> nested = new HashSet<>();
    for (Map.Entry<String, JsonNode> property : row.entrySet()) {
      JsonNode value = property.getValue();
      boolean told = !value.isContainer() || isTold(value);
      values.put(property.getKey(), told ? text(value) : value.toString());
      if (!told) {
        nested.add(property.getKey());
      }
    }
    return new Row(new Origin(file).name(), number, values, nested);
  }

  /**
   * Whether a list is of messages or parts that are text: others matter only if they are needed.
   */
  private static boolean isTold(JsonNode value) {
    try {
      if (Conversation.is(value)) {
        Conversation.question(value);
        return true;
      }
      if (Conversation.isParts(value)) {
        Conversation.parts(value);
        return true;
      }
      return false;
    } catch (MalformedLineException e) {
      return false;
    }
  }

  private static @Nullable String text(JsonNode value) throws MalformedLineException {
    if (value.isNull()) {
      return null;
    }
    String text =
        Conversation.is(value)
            ? Conversation.question(value)
            : Conversation.isParts(value) ? Conversation.parts(value) : value.asString();
    if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedLineException("holds half a surrogate pair");
    }
    return text;
  }

  private static void table(Path file, String table, Predicate<Row> each) throws IOException {
    Path spill = Files.createTempDirectory("splitreason-problems");
    try (Connection connection = Duck.open(spill);
        Statement statement = connection.createStatement()) {
      Map<String, String> types = types(statement, table);
      Duck.requireBounded(connection, table, types, file.toString());
      try (ResultSet result =
          statement.executeQuery("SELECT " + columns(types) + " FROM " + table)) {
        long number = 0;
        while (result.next() && each.test(row(file, number + 1, types, result))) {
          number++;
        }
      }
    } catch (SQLException e) {
      throw DataException.of("cannot read " + file, e);
    } finally {
      FileTree.delete(spill);
    }
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
    Map<String, JsonNode> values = new LinkedHashMap<>();
    int column = 0;
    for (Map.Entry<String, String> typed : types.entrySet()) {
      String text = result.getString(++column);
      values.put(typed.getKey(), Duck.json(text, typed.getValue()));
    }
    try {
      return row(file, number, values);
    } catch (MalformedLineException e) {
      throw UserMistake.of(new Place.TableRow(file, number), e.getMessage());
    }
  }
}
