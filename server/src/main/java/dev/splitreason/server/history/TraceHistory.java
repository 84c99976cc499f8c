package dev.splitreason.server.history;

import dev.splitreason.core.error.UserMistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kept answers in a DuckDB database, as much text as there is room for: the oldest goes first.
 * Thread-safe.
 *
 * <p>DuckDB gives the room of deleted rows back when their table does. So the table is written anew
 * whenever half as much as it may hold has been deleted, and the file has at most about twice the
 * text that it may hold.
 */
final class TraceHistory implements AutoCloseable {

  private static final String COLUMNS =
      "id, created, model, question, answer, offload_ratio, seconds, small_tokens, large_tokens,"
          + " degraded";

  private final Connection database;
  private final long mostBytes;

  /** What is kept, oldest first. */
  private final Deque<Kept> kept = new ArrayDeque<>();

  private long bytes;
  private long deletedBytes;
  private long last;

  private record Kept(long sequence, long bytes) {}

  /**
   * Which answers a list is asked for.
   *
   * @param text that the question or the answer has, in any case; empty for all
   * @param model as the client named it, or the pair's own name; empty for all
   * @param limit the most of them
   * @param before those kept before this place; null from the newest on
   */
  record Search(String text, String model, int limit, @Nullable Long before) {}

  /**
   * Answers that were found.
   *
   * @param next the place to go on from; null if there are no more
   */
  record Found(List<TraceSummary> traces, @Nullable Long next) {}

  private TraceHistory(Connection database, long mostBytes) {
    this.database = database;
    this.mostBytes = mostBytes;
  }

  /**
   * Opens a database, which is made if it is not there.
   *
   * @param bytes the most bytes of text that are kept
   * @throws UserMistake if it cannot be opened: another process has it, or it is something else
   */
  static TraceHistory open(Path file, long bytes) {
    try {
      Connection database = DriverManager.getConnection("jdbc:duckdb:" + file);
      var history = new TraceHistory(database, bytes);
      history.prepare();
      return history;
    } catch (SQLException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserMistake("the history " + file + " cannot be opened: " + why, e);
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("SET memory_limit = '512MB'");
      statement.execute("SET threads = 1");
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS traces (
            sequence BIGINT, bytes BIGINT, caller VARCHAR, pair VARCHAR,
            id VARCHAR, created BIGINT, model VARCHAR, question VARCHAR, answer VARCHAR,
            offload_ratio DOUBLE, seconds DOUBLE, small_tokens INTEGER, large_tokens INTEGER,
            degraded BOOLEAN, document VARCHAR)
          """);
      try (ResultSet rows =
          statement.executeQuery("SELECT sequence, bytes FROM traces ORDER BY sequence")) {
        while (rows.next()) {
          count(new Kept(rows.getLong(1), rows.getLong(2)));
        }
      }
      makeRoom();
    }
  }

  /**
   * Keeps an answer.
   *
   * @param caller who asked
   * @param pair who answered
   * @param document all of it, as JSON
   * @return whether it is kept: one that is longer than all may be together is not
   */
  synchronized boolean keep(String caller, String pair, TraceSummary trace, String document)
      throws SQLException {
    long size =
        document.getBytes(StandardCharsets.UTF_8).length
            + trace.question().getBytes(StandardCharsets.UTF_8).length
            + trace.answer().getBytes(StandardCharsets.UTF_8).length;
    if (size > mostBytes) {
      return false;
    }
    try (PreparedStatement insert =
        database.prepareStatement(
            "INSERT INTO traces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      set(
          insert,
          last + 1,
          size,
          caller,
          pair,
          trace.id(),
          trace.created(),
          trace.model(),
          trace.question(),
          trace.answer(),
          trace.offloadRatio(),
          trace.seconds(),
          trace.smallTokens(),
          trace.largeTokens(),
          trace.degraded(),
          document);
      insert.executeUpdate();
    }
    count(new Kept(last + 1, size));
    makeRoom();
    return true;
  }

  private void count(Kept one) {
    kept.addLast(one);
    bytes += one.bytes();
    last = one.sequence();
  }

  private void makeRoom() throws SQLException {
    long upTo = -1;
    while (bytes > mostBytes) {
      Kept oldest = kept.removeFirst();
      bytes -= oldest.bytes();
      deletedBytes += oldest.bytes();
      upTo = oldest.sequence();
    }
    if (upTo >= 0) {
      try (PreparedStatement delete =
          database.prepareStatement("DELETE FROM traces WHERE sequence <= ?")) {
        set(delete, upTo);
        delete.executeUpdate();
      }
      giveBackRoom();
    }
  }

  private void giveBackRoom() throws SQLException {
    if (deletedBytes < mostBytes / 2) {
      return;
    }
    try (Statement statement = database.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("CREATE TABLE remaining AS FROM traces ORDER BY sequence");
      statement.execute("DROP TABLE traces");
      statement.execute("ALTER TABLE remaining RENAME TO traces");
      statement.execute("COMMIT");
      statement.execute("CHECKPOINT");
    }
    deletedBytes = 0;
  }

  /** A caller's answers, newest first. */
  synchronized Found find(String caller, Search search) throws SQLException {
    List<TraceSummary> traces = new ArrayList<>();
    Long next = null;
    try (PreparedStatement select =
        database.prepareStatement(
            "SELECT sequence, "
                + COLUMNS
                + " FROM traces WHERE caller = ? AND sequence < ?"
                + " AND (? = '' OR model = ? OR pair = ?)"
                + " AND (contains(lower(question), lower(?)) OR contains(lower(answer), lower(?)))"
                + " ORDER BY sequence DESC LIMIT ?")) {
      set(
          select,
          caller,
          search.before() == null ? Long.MAX_VALUE : search.before(),
          search.model(),
          search.model(),
          search.model(),
          search.text(),
          search.text(),
          search.limit() + 1);
      try (ResultSet rows = select.executeQuery()) {
        long place = 0;
        while (rows.next()) {
          if (traces.size() == search.limit()) {
            next = place;
            break;
          }
          place = rows.getLong("sequence");
          traces.add(summary(rows));
        }
      }
    }
    return new Found(List.copyOf(traces), next);
  }

  private static TraceSummary summary(ResultSet row) throws SQLException {
    return new TraceSummary(
        row.getString("id"),
        row.getLong("created"),
        row.getString("model"),
        row.getString("question"),
        row.getString("answer"),
        row.getDouble("offload_ratio"),
        row.getDouble("seconds"),
        row.getInt("small_tokens"),
        row.getInt("large_tokens"),
        row.getBoolean("degraded"));
  }

  /** The whole of a caller's answer, as JSON; null if the caller has no such one. */
  synchronized @Nullable String document(String caller, String id) throws SQLException {
    try (PreparedStatement select =
        database.prepareStatement("SELECT document FROM traces WHERE caller = ? AND id = ?")) {
      set(select, caller, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  /**
   * Deletes a caller's answer.
   *
   * @return whether there was one
   */
  synchronized boolean delete(String caller, String id) throws SQLException {
    try (PreparedStatement delete =
        database.prepareStatement(
            "DELETE FROM traces WHERE caller = ? AND id = ? RETURNING sequence, bytes")) {
      set(delete, caller, id);
      try (ResultSet rows = delete.executeQuery()) {
        if (!rows.next()) {
          return false;
        }
        var deleted = new Kept(rows.getLong(1), rows.getLong(2));
        kept.remove(deleted);
        bytes -= deleted.bytes();
        deletedBytes += deleted.bytes();
      }
    }
    giveBackRoom();
    return true;
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    database.close();
  }
}
