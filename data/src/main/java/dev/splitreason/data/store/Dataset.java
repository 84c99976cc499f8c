package dev.splitreason.data.store;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.Duck;
import dev.splitreason.files.jsonl.Destination;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Makes a data set of a journal: the annotated traces, in the source's order. */
public final class Dataset {

  private static final String COLUMNS =
      """
      {row: 'BIGINT', id: 'VARCHAR', problem: 'VARCHAR', answer: 'VARCHAR', text: 'VARCHAR',
       annotated: 'VARCHAR', spans: 'STRUCT("start" INTEGER, "end" INTEGER, score DOUBLE)[]',
       unmatched: 'VARCHAR[]', status: 'VARCHAR', detail: 'VARCHAR', annotator: 'VARCHAR',
       model: 'VARCHAR', prompt_version: 'VARCHAR', prompt_tokens: 'BIGINT',
       completion_tokens: 'BIGINT', cost: 'DOUBLE'}\
      """;

  private Dataset() {}

  /**
   * Refuses a target whose name does not tell a format; a pipe or device is JSONL otherwise.
   *
   * @throws UserMistake with a one-line message
   */
  public static void requireKnownFormat(Path target) {
    if (!isParquet(target) && !isLines(target) && !Destination.isStream(target)) {
      throw new UserMistake("the output must end in .parquet or .jsonl, not " + target);
    }
  }

  /**
   * Writes the annotated traces to a Parquet file, or to JSONL if that is how its name ends; the
   * file is replaced when all is written, a pipe or device is written to.
   *
   * @param wanted the rows to write
   * @param edit what becomes of a row, null for nothing; or null to write all as they are
   * @return how many there are
   * @throws DataException if it cannot be written; the file is then as it was
   */
  public static long write(
      Path journal,
      LongPredicate wanted,
      @Nullable Function<AnnotatedTrace, @Nullable AnnotatedTrace> edit,
      Path target) {
    requireKnownFormat(target);
    boolean parquet = isParquet(target);
    try {
      Destination destination = Destination.of(target);
      Path folder =
          destination.isStream()
              ? Files.createTempDirectory("splitreason-dataset")
              : Files.createDirectories(beside(destination.path()));
      try {
        Path lines = folder.resolve("sorted.jsonl");
        JournalOrder order = JournalOrder.of(journal, wanted, EnumSet.of(Status.ANNOTATED));
        long rows = order.size();
        if (edit == null) {
          order.copyTo(lines);
        } else {
          rows = order.writeTo(lines, edit);
        }
        Path whole = parquet ? toParquet(lines, folder) : lines;
        put(whole, destination);
        return rows;
      } finally {
        FileTree.delete(folder);
      }
    } catch (SQLException | IOException e) {
      throw DataException.of("cannot write " + target, e);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".partial");
  }

  private static void put(Path whole, Destination destination) throws IOException {
    if (destination.isStream()) {
      try (OutputStream out = destination.stream()) {
        Files.copy(whole, out);
      }
    } else {
      Files.move(
          whole,
          destination.path(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path toParquet(Path lines, Path folder) throws SQLException {
    Path parquet = folder.resolve("data.parquet");
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (FROM read_json("
              + Duck.quote(lines.toString())
              + ", format = 'newline_delimited', maximum_object_size = 33554432, columns = "
              + COLUMNS
              + ")) TO "
              + Duck.quote(parquet.toString())
              + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)");
    }
    return parquet;
  }

  private static boolean isLines(Path target) {
    return target.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
  }

  private static boolean isParquet(Path target) {
    return target.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }
}
