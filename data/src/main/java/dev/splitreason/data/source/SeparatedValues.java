package dev.splitreason.data.source;

/**
 * Files of separated values as tables. DuckDB is told what it would guess otherwise: from the rows
 * it looks at it takes some for headers or remarks, and the types of all from a few.
 */
public final class SeparatedValues {

  /** Bytes of a row: several traces of 100k characters. */
  private static final int LONGEST_ROW = 1 << 25;

  private SeparatedValues() {}

  /**
   * The table function, whose columns are texts named by the first line.
   *
   * @param files a list of files as an SQL literal
   * @param delimiter between values, as an SQL text says it
   */
  public static String table(String files, String delimiter) {
    return "read_csv("
        + files
        + ", union_by_name = true, all_varchar = true, header = true, skip = 0, comment = '', delim ="
        + " '"
        + delimiter
        + "', quote = '\"', escape = '\"', max_line_size = "
        + LONGEST_ROW
        + ")";
  }
}
