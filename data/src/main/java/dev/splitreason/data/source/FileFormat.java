package dev.splitreason.data.source;

import java.util.Locale;

/** The file formats that are read, told by a file's name. */
enum FileFormat {
  PARQUET("read_parquet(%s, union_by_name = true)"),
  JSON_LINES("read_json(%s, format = 'newline_delimited', union_by_name = true, %s)"),
  JSON("read_json(%s, format = 'auto', union_by_name = true, %s)"),
  CSV("read_csv(%s, union_by_name = true, all_varchar = true)");

  /** Bytes of one row: several traces of 100k characters. DuckDB holds a few buffers of it. */
  private static final String OBJECT_SIZE = "maximum_object_size = 33554432";

  private final String function;

  FileFormat(String function) {
    this.function = function;
  }

  /** The table function that reads a list of files, given as an SQL literal. */
  String table(String files) {
    return function.formatted(files, OBJECT_SIZE);
  }

  /** The format of a file, glob or address with this name. */
  static FileFormat of(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
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
