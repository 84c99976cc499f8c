package dev.splitreason.data.source;

import dev.splitreason.files.jsonl.Origin;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** The file formats that are read, told by a file's name. */
enum FileFormat {
  /** Texts that a writer has not marked as such are binary to Parquet. */
  PARQUET("read_parquet(%s, union_by_name = true, binary_as_string = true)"),
  JSON_LINES("(%s, format = 'newline_delimited'"),
  JSON("(%s, format = 'auto'"),
  CSV(SeparatedValues.table("%s", ",")),
  TSV(SeparatedValues.table("%s", "\\t"));

  /** Bytes of one row: several traces of 100k characters. DuckDB holds a few buffers of it. */
  private static final String OBJECT_SIZE = "maximum_object_size = 33554432";

  private static final Pattern COMPRESSED =
      Pattern.compile("\\.(gz|zst)$", Pattern.CASE_INSENSITIVE);

  private final String function;

  FileFormat(String function) {
    this.function = function;
  }

  /**
   * The table function that reads a list of files, given as an SQL literal; of files of JSON, each
   * object is one text.
   */
  String table(String files) {
    return isJson()
        ? "read_json_objects" + function.formatted(files) + ", " + OBJECT_SIZE + ")"
        : function.formatted(files);
  }

  /** The same for files of JSON, whose values' types are guessed. */
  String guessed(String files, String options) {
    return "read_json%s, union_by_name = true, %s, %s)"
        .formatted(function.formatted(files), OBJECT_SIZE, options);
  }

  /** Whether files are read by this module itself. */
  boolean isJson() {
    return this == JSON_LINES || this == JSON;
  }

  /** Whether only DuckDB can unpack a file. */
  static boolean isZstandard(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zst");
  }

  /** The format of a file, glob or address with this name; pipes bring lines of JSON. */
  static FileFormat of(String name) {
    if (!Downloads.isAddress(name) && new Origin(Path.of(name)).isStream()) {
      return JSON_LINES;
    }
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
    if (lower.endsWith(".csv")) {
      return CSV;
    }
    if (lower.endsWith(".tsv")) {
      return TSV;
    }
    throw new DataException(
        "cannot tell the format of "
            + name
            + "; it must end in .parquet, .jsonl, .json, .csv or .tsv");
  }
}
