package dev.splitreason.data.problem;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of a problem file.
 *
 * @param file where it is, for messages
 * @param number counted from 1
 * @param values by column; null where a column has no value
 * @param nested columns whose value here is the JSON of an object or of a list
 */
record Row(String file, long number, Map<String, @Nullable String> values, Set<String> nested) {

  /** That of a column, or of the first usual one, however capitalised, that has any; else null. */
  @Nullable String get(@Nullable String column, List<String> usual) {
    if (column != null) {
      return require(column);
    }
    String name = firstOf(usual);
    return name == null ? null : values.get(name);
  }

  private @Nullable String firstOf(List<String> usual) {
    for (String name : usual) {
      for (Map.Entry<String, @Nullable String> own : values.entrySet()) {
        String value = own.getValue();
        if (own.getKey().equalsIgnoreCase(name) && value != null && !value.isBlank()) {
          return own.getKey();
        }
      }
    }
    return null;
  }

  /**
   * A text: the value of a column, or of the first usual one that has any.
   *
   * @param role what the value is for, for the message
   * @throws UserMistake if there is none, or it is an object or a list
   */
  String requireText(String role, @Nullable String column, List<String> usual) {
    String value = require(role, column, usual);
    String name = column == null ? firstOf(usual) : column;
    if (name != null && nested.contains(name)) {
      throw mistake(
          "the column '%s' holds an object or a list where the %s's text belongs"
              .formatted(name, role));
    }
    return value;
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
