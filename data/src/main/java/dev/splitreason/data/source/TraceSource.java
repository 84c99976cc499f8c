package dev.splitreason.data.source;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.TaggedText;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The traces of a data set, one after another in its own order. Used by one thread.
 *
 * <p>The layout of OpenR1-Math-220k is understood as it is: of a problem's generations the first
 * that is marked correct and complete is taken. Rows without a trace to use are skipped and
 * counted.
 */
public final class TraceSource implements AutoCloseable {

  /** The columns that DuckDB tells of a file without any object. */
  private static final Set<String> NOTHING_READ = Set.of("json");

  private final String where;
  private final TagSpelling tags;
  private final Path temporary;
  private final Connection connection;
  private final Statement statement;
  private @Nullable ResultSet rows;
  private String query = "";
  private List<Path> lineFiles = List.of();
  private boolean recorded;
  private long skipped;

  private TraceSource(
      String where, TagSpelling tags, Path temporary, Connection connection, Statement statement) {
    this.where = where;
    this.tags = tags;
    this.temporary = temporary;
    this.connection = connection;
    this.statement = statement;
  }

  /**
   * Opens files, globs or addresses of one format.
   *
   * @throws DataException if something is missing, broken or has no such column
   */
  public static TraceSource open(List<String> locations, SourceOptions options)
      throws InterruptedException {
    if (locations.isEmpty()) {
      throw new DataException("name at least one file, glob or address to read");
    }
    String where = String.join(", ", locations);
    try {
      Path temporary = Files.createTempDirectory("splitreason-source");
      Connection connection = Duck.open(temporary);
      var source =
          new TraceSource(
              where, options.tags(), temporary, connection, connection.createStatement());
      try {
        source.begin(locations, options);
        return source;
      } catch (SQLException e) {
        DataException told = source.broken(e);
        source.close();
        throw told;
      } catch (IOException | RuntimeException | InterruptedException e) {
        source.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot read " + where, e);
    }
  }

  /**
   * The next trace, or null behind the last.
   *
   * @throws DataException if the data is broken from here on
   */
  public @Nullable SourceTrace next() {
    ResultSet current = rows;
    if (current == null) {
      return null;
    }
    try {
      while (current.next()) {
        String text = current.getString(5);
        if (text != null && !text.isBlank()) {
          return new SourceTrace(
              current.getLong(1),
              current.getString(2),
              current.getString(3),
              current.getString(4),
              recorded ? recorded(text) : TaggedText.of(text, tags));
        }
        skipped++;
      }
      return null;
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /**
   * How many traces there are in all, told by a pass of its own over the source.
   *
   * @throws DataException if the data is broken somewhere
   */
  public long count() {
    // The connection is busy: its result is read as traces are asked for.
    try (Connection beside = connection.unwrap(DuckDBConnection.class).duplicate();
        Statement counting = beside.createStatement();
        ResultSet counted =
            counting.executeQuery(
                "SELECT count(*) FROM ("
                    + query
                    + ") WHERE trim(splitreason_trace, E' \\t\\r\\n') <> ''")) {
      counted.next();
      return counted.getLong(1);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /** Rows passed so far that have no trace, or none that is marked correct and complete. */
  public long skipped() {
    return skipped;
  }

  private TaggedText recorded(String trace) {
    try {
      JsonNode line = Json.MAPPER.readTree(trace);
      boolean told = line.path("pair").isObject();
      return TaggedText.of(TraceJson.segments(line), told ? TraceJson.spans(line).tags() : tags);
    } catch (UserMistake e) {
      throw DataException.of(where + " holds a segment that is none", e);
    }
  }

  private void begin(List<String> locations, SourceOptions options)
      throws SQLException, IOException, InterruptedException {
    try (Statement view = connection.createStatement()) {
      view.execute("CREATE VIEW source AS SELECT * FROM " + table(locations));
    }
    Map<String, String> types = types();
    if (types.keySet().equals(NOTHING_READ)) {
      throw new DataException(where + " holds no JSON objects");
    }
    Projection columns = Projection.of(options.columns(), types);
    recorded = columns.recorded();
    String rowName = "'row-' || splitreason_row";
    query =
        "SELECT splitreason_row, "
            + (columns.id() == null ? rowName : "coalesce(" + columns.id() + ", " + rowName + ")")
            + ", "
            + columns.problem()
            + ", "
            + columns.answer()
            + ", "
            + columns.trace()
            + " AS splitreason_trace FROM ("
            + drawn(options)
            + ")";
    rows = statement.executeQuery(query);
  }

  /** The source's rows with their numbers, filtered and sampled, as SQL. */
  private static String drawn(SourceOptions options) {
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

  private String table(List<String> locations)
      throws SQLException, IOException, InterruptedException {
    FileFormat format = FileFormat.of(pathOf(locations.getFirst()));
    var downloads = new Downloads(temporary);
    List<Path> files = new ArrayList<>();
    for (String location : locations) {
      if (FileFormat.of(pathOf(location)) != format) {
        throw new DataException("the files to read have different formats: " + where);
      }
      files.addAll(
          Downloads.isAddress(location) ? List.of(downloads.fetch(location)) : local(location));
    }
    if (format == FileFormat.JSON_LINES) {
      lineFiles = files.stream().filter(file -> !FileFormat.isCompressed(file)).toList();
    }
    List<String> readable = new ArrayList<>();
    for (Path file : files) {
      boolean json = format == FileFormat.JSON_LINES || format == FileFormat.JSON;
      Path plain = json ? JsonLines.withoutByteOrderMark(file, temporary) : file;
      readable.add(Duck.quote(plain.toString()));
    }
    return format.table("[" + String.join(", ", readable) + "]");
  }

  /** The files that a name or a glob means, in the order of their names. */
  private List<Path> local(String location) throws SQLException {
    if (Files.isRegularFile(Path.of(location))) {
      return List.of(Path.of(location));
    }
    List<Path> files = new ArrayList<>();
    try (Statement globbing = connection.createStatement();
        ResultSet found =
            globbing.executeQuery(
                "SELECT file FROM glob(" + Duck.quote(location) + ") ORDER BY file")) {
      while (found.next()) {
        files.add(Path.of(found.getString(1)));
      }
    }
    if (files.isEmpty()) {
      throw new DataException("no such file: " + location);
    }
    return files;
  }

  /** What is wrong with the data, with the number of the line where lines have numbers. */
  private DataException broken(SQLException error) {
    String line = JsonLines.firstBroken(lineFiles);
    return line == null
        ? DataException.of("cannot read " + where, error)
        : new DataException(line, error);
  }

  /** A location without an address's query, so that its ending is the file's. */
  private static String pathOf(String location) {
    return Downloads.isAddress(location) ? location.replaceFirst("[?#].*", "") : location;
  }

  private Map<String, String> types() throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement describe = connection.createStatement();
        ResultSet columns = describe.executeQuery("DESCRIBE source")) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    return types;
  }

  @Override
  public void close() {
    try (connection;
        statement) {
      FileTree.delete(temporary);
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot close " + where, e);
    }
  }
}
