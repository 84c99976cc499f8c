package dev.splitreason.data.source;

import dev.splitreason.core.file.FileTree;
import dev.splitreason.data.source.JsonRows.JsonFile;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The traces of a data set, one after another in its own order. Used by one thread.
 *
 * <p>Texts are what they are in the file, whatever other rows hold. A row whose values are not what
 * their columns are for is told, left out and counted; a file that is broken is refused. The layout
 * of OpenR1-Math-220k is understood as it is: of a problem's generations the first that is marked
 * correct and complete is taken. Rows without a trace to use are skipped and counted.
 */
public final class TraceSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TraceSource.class);

  /** Odd rows that are told one by one. */
  private static final int MOST_TOLD = 10;

  private final String where;
  private final SourceOptions options;
  private final Path temporary;
  private final Connection connection;
  private final List<Path> files;
  private final Contents contents;
  private final RowReader rows;
  private long odd;
  private long skipped;

  private TraceSource(
      String where,
      SourceOptions options,
      Path temporary,
      Connection connection,
      List<Path> files,
      Contents contents)
      throws SQLException {
    this.where = where;
    this.options = options;
    this.temporary = temporary;
    this.connection = connection;
    this.files = files;
    this.contents = contents;
    this.rows = contents.open(connection);
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
      try {
        FileFormat format = formatOf(locations, where);
        List<Path> files = files(locations, connection, temporary);
        Contents contents =
            format.isJson()
                ? json(format, files, connection, temporary, options, where)
                : table(format, files, connection, options, where);
        return new TraceSource(where, options, temporary, connection, files, contents);
      } catch (SQLException | IOException | RuntimeException | InterruptedException e) {
        connection.close();
        FileTree.delete(temporary);
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot read " + where, e);
    }
  }

  /** What is read, by the names of the options that say it. */
  public SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("the traces", where);
    settings.putAll(options.settings());
    return settings;
  }

  /**
   * What there is to read, as often as it is opened.
   *
   * @param layout which columns make a trace
   * @param chosen the numbers of the rows that are wanted, or null for all that are read
   */
  private record Contents(TraceLayout layout, @Nullable BitSet chosen, Opener opener) {

    RowReader open(Connection connection) throws SQLException {
      return opener.open(connection);
    }
  }

  private interface Opener {
    RowReader open(Connection connection) throws SQLException;
  }

  private static Contents table(
      FileFormat format,
      List<Path> files,
      Connection connection,
      SourceOptions options,
      String where)
      throws SQLException {
    RowChoice.view(connection, format.table(literal(files)));
    RowChoice.requireFilter(connection, options);
    Map<String, String> types = RowChoice.types(connection);
    TraceLayout layout = TraceLayout.of(options.columns(), types.keySet());
    Map<String, String> read = new LinkedHashMap<>();
    layout.columns().forEach(column -> read.put(column, types.getOrDefault(column, "")));
    Duck.requireBounded(connection, "source", read, where);
    return new Contents(
        layout, null, beside -> DuckRows.of(beside, RowChoice.query(options), read, where));
  }

  private static Contents json(
      FileFormat format,
      List<Path> files,
      Connection connection,
      Path temporary,
      SourceOptions options,
      String where)
      throws SQLException, IOException {
    List<JsonFile> plain = new ArrayList<>();
    for (Path file : files) {
      boolean packed = FileFormat.isZstandard(file);
      Path readable = packed ? JsonFiles.unpacked(file, format, connection, temporary) : file;
      String name = (file.startsWith(temporary) ? file.getFileName() : file).toString();
      plain.add(new JsonFile(readable, name, packed || format == FileFormat.JSON_LINES));
    }
    Set<String> columns = new LinkedHashSet<>();
    long count = 0;
    try (var rows = new JsonRows(plain)) {
      for (SourceRow row = rows.next(); row != null; row = rows.next()) {
        columns.addAll(row.values().keySet());
        count = row.number();
      }
    }
    if (count == 0) {
      throw new DataException(where + " holds no JSON objects");
    }
    TraceLayout layout = TraceLayout.of(options.columns(), columns);
    BitSet chosen = chosen(format, files, connection, temporary, options, count);
    return new Contents(layout, chosen, _ -> new JsonRows(plain));
  }

  private static @Nullable BitSet chosen(
      FileFormat format,
      List<Path> files,
      Connection connection,
      Path temporary,
      SourceOptions options,
      long count)
      throws SQLException, IOException {
    if (options.filter() != null) {
      List<Path> unmarked = new ArrayList<>();
      for (Path file : files) {
        unmarked.add(JsonFiles.withoutByteOrderMark(file, temporary));
      }
      RowChoice.viewJson(connection, format, literal(unmarked));
      RowChoice.requireFilter(connection, options);
    } else if (options.sample() > 0) {
      RowChoice.view(connection, "range(" + count + ")");
    } else {
      return null;
    }
    return RowChoice.numbers(connection, options);
  }

  /**
   * The next trace, or null behind the last.
   *
   * @throws DataException if the data is broken from here on
   */
  public @Nullable SourceTrace next() {
    try {
      for (SourceRow row = chosen(rows); row != null; row = chosen(rows)) {
        try {
          SourceTrace trace = contents.layout().read(row, options.tags());
          if (trace != null) {
            return trace;
          }
        } catch (MalformedLineException e) {
          tell(row, e.getMessage());
        }
        skipped++;
      }
    } catch (IOException e) {
      throw DataException.of("cannot read " + where, e);
    }
    if (odd > MOST_TOLD) {
      LOG.warn("{} more rows were left out for the like", odd - MOST_TOLD);
      odd = 0;
    }
    return null;
  }

  private void tell(SourceRow row, String why) {
    if (++odd <= MOST_TOLD) {
      LOG.warn("left out: {} {}", row.place(), why);
    }
  }

  private @Nullable SourceRow chosen(RowReader reader) throws IOException {
    BitSet wanted = contents.chosen();
    SourceRow row = reader.next();
    while (row != null && wanted != null && !wanted.get(Math.toIntExact(row.number()))) {
      row = reader.next();
    }
    return row;
  }

  /**
   * How many traces there are in all, told by a pass of its own over the source.
   *
   * @throws DataException if the data is broken somewhere
   */
  public long count() {
    var count = new AtomicLong();
    pass((_, _) -> count.incrementAndGet());
    return count.get();
  }

  /**
   * The numbers of rows whose id an earlier one has, and where that is, told by a pass of its own:
   * for whoever finds things by the id of a trace.
   *
   * @throws DataException if the data is broken somewhere
   */
  public Map<Long, String> repeatedIds() {
    Map<String, String> places = new HashMap<>();
    Map<Long, String> repeated = new LinkedHashMap<>();
    pass(
        (row, trace) -> {
          String earlier = places.putIfAbsent(trace.id(), row.place());
          if (earlier != null) {
            repeated.put(trace.row(), earlier);
          }
        });
    return repeated;
  }

  /** Reads all traces, beside those that are asked for one by one. */
  private void pass(BiConsumer<SourceRow, SourceTrace> each) {
    // The connection is busy: its result is read as traces are asked for.
    try (Connection beside = connection.unwrap(DuckDBConnection.class).duplicate();
        RowReader again = contents.open(beside)) {
      for (SourceRow row = chosen(again); row != null; row = chosen(again)) {
        SourceTrace trace = traceOf(row);
        if (trace != null) {
          each.accept(row, trace);
        }
      }
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot read " + where, e);
    }
  }

  private @Nullable SourceTrace traceOf(SourceRow row) {
    try {
      return contents.layout().read(row, options.tags());
    } catch (MalformedLineException _) {
      return null;
    }
  }

  /** The files that are read, in their order; of an address, its copy. */
  public List<Path> files() {
    return files;
  }

  /**
   * Rows passed so far that have no trace, none that is marked correct and complete, or odd ones.
   */
  public long skipped() {
    return skipped;
  }

  private static FileFormat formatOf(List<String> locations, String where) {
    FileFormat format = FileFormat.of(pathOf(locations.getFirst()));
    for (String location : locations) {
      if (FileFormat.of(pathOf(location)) != format) {
        throw new DataException("the files to read have different formats: " + where);
      }
    }
    return format;
  }

  private static List<Path> files(List<String> locations, Connection connection, Path temporary)
      throws SQLException, IOException, InterruptedException {
    var downloads = new Downloads(temporary);
    List<Path> files = new ArrayList<>();
    for (String location : locations) {
      files.addAll(
          Downloads.isAddress(location)
              ? List.of(downloads.fetch(location))
              : local(location, connection, temporary));
    }
    return List.copyOf(files);
  }

  /** The files that a name or a glob means, in the order of their names; of a pipe, its copy. */
  private static List<Path> local(String location, Connection connection, Path temporary)
      throws SQLException, IOException {
    var origin = new Origin(Path.of(location));
    if (origin.isStream()) {
      return List.of(origin.seekable(temporary));
    }
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

  private static String literal(List<Path> files) {
    return files.stream()
        .map(file -> Duck.quote(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A location without an address's query, so that its ending is the file's. */
  private static String pathOf(String location) {
    return Downloads.isAddress(location) ? location.replaceFirst("[?#].*", "") : location;
  }

  @Override
  public void close() {
    try (connection;
        rows) {
      FileTree.delete(temporary);
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot close " + where, e);
    }
  }
}
