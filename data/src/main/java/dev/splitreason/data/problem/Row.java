package dev.splitreason.data.problem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a problem file.
 *
 * @param file where it is, for messages
 * @param number counted from 1
 * @param values by column; null where a column has no value
 */
record Row(String file, long number, Map<String, @Nullable String> values) {

  /** The value of a column, or of the first usual one that has any; null if there is none. */
  @Nullable String get(@Nullable String column, List<String> usual) {
    if (column != null) {
      return require(column);
    }
    for (String name : usual) {
      String value = values.get(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  /**
   * The value of a column, or of the first usual one that has any.
   *
   * @param role what the value is for, for the message
   * @throws IllegalArgumentException if there is none
   */
  String require(String role, @Nullable String column, List<String> usual) {
    String value = get(column, usual);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s, row %d: no %s in a column %s; the columns are %s"
              .formatted(
                  file,
                  number,
                  role,
                  String.join(" or ", usual),
                  String.join(", ", values.keySet())));
    }
    return value;
  }

  /**
   * The value of a column.
   *
   * @throws IllegalArgumentException if it has none
   */
  String require(String column) {
    String value = values.get(column);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "%s, row %d: column '%s' has no value; the columns are %s"
              .formatted(file, number, column, String.join(", ", values.keySet())));
    }
    return value;
  }
}
