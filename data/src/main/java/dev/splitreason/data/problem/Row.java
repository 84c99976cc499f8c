package dev.splitreason.data.problem;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.nio.file.Path;
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
   * @throws UserMistake if there is none
   */
  String require(String role, @Nullable String column, List<String> usual) {
    String value = get(column, usual);
    if (value == null) {
      throw mistake(
          "no %s in a column %s; the columns are %s"
              .formatted(role, String.join(" or ", usual), String.join(", ", values.keySet())));
    }
    return value;
  }

  /**
   * The value of a column.
   *
   * @throws UserMistake if it has none
   */
  String require(String column) {
    String value = values.get(column);
    if (value == null || value.isBlank()) {
      throw mistake(
          "column '%s' has no value; the columns are %s"
              .formatted(column, String.join(", ", values.keySet())));
    }
    return value;
  }

  /** What is wrong with this row. */
  UserMistake mistake(String problem) {
    return new UserMistake(problem).at(new Place.TableRow(Path.of(file), number));
  }
}
