package dev.splitreason.data.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a problem file hold what; null for the usual names: {@code id}, {@code
 * unique_id}, {@code uuid}, {@code Record ID} or {@code problem_idx}; {@code problem}, {@code
 * question} or {@code prompt}; {@code answer} or {@code expected_answer}; {@code level} or {@code
 * difficulty}, in small letters or capitals.
 *
 * @param id names a problem; without such a column it is called after its row
 * @param problem what is asked
 * @param answer the reference answer
 * @param difficulty the group a problem is counted in
 */
public record ProblemColumns(
    @Nullable String id,
    @Nullable String problem,
    @Nullable String answer,
    @Nullable String difficulty) {

  /** The usual names. */
  public static final ProblemColumns USUAL = new ProblemColumns(null, null, null, null);

  private static final List<String> IDS =
      List.of("id", "unique_id", "uuid", "Record ID", "problem_idx");
  private static final List<String> PROBLEMS = List.of("problem", "question", "prompt");
  static final List<String> ANSWERS = List.of("answer", "expected_answer");
  private static final List<String> DIFFICULTIES = List.of("level", "difficulty");

  /**
   * Reads a problem from a row.
   *
   * @throws IllegalArgumentException with a one-line message, if the row lacks problem or answer
   */
  Problem problem(Row row) {
    return problem(row, row.require("answer", answer, ANSWERS));
  }

  /** Reads a problem from a row that has its answer elsewhere. */
  Problem problem(Row row, String known) {
    return new Problem(
        or(row.get(id, IDS), "row-" + row.number()),
        row.requireText("problem", problem, PROBLEMS),
        known,
        row.get(difficulty, DIFFICULTIES));
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
