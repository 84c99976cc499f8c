package dev.splitreason.data.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** The file formats that are read, told by a file's name. */
enum FileFormat {
  PARQUET("read_parquet(%s, union_by_name = true)"),
  JSON_LINES("read_json(%s, format = 'newline_delimited', union_by_name = true, %s)"),
  JSON("read_json(%s, format = 'auto', union_by_name = true, %s)"),
  CSV("read_csv(%s, union_by_name = true, all_varchar = true)");

  /** Bytes of one row: several traces of 100k characters. DuckDB holds a few buffers of it. */
  private static final String OBJECT_SIZE = "maximum_object_size = 33554432";

  private static final Pattern COMPRESSED =
      Pattern.compile("\\.(gz|zst)$", Pattern.CASE_INSENSITIVE);

  private final String function;

  FileFormat(String function) {
    this.function = function;
  }

  /** The table function that reads a list of files, given as an SQL literal. */
  String table(String files) {
    return function.formatted(files, OBJECT_SIZE);
  }

  /** Whether a file has to be unpacked first, which DuckDB does. */
  static boolean isCompressed(Path file) {
    return COMPRESSED.matcher(file.toString()).find();
  }

  /** The format of a file, glob or address with this name. */
  static FileFormat of(String name) {
    String lower = COMPRESSED.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
    if (lower.endsWith(".parquet")) {
      return PARQUET;
    }
    if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
      return JSON_LINES;
    }
    if (lower.endsWith(".json")) {
      return JSON;
    }
    if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
      return CSV;
    }
    throw new DataException(
        "cannot tell the format of " + name + "; it must end in .parquet, .jsonl, .json or .csv");
  }
}
