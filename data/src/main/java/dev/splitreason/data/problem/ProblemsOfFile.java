package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.source.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The problems of a file's rows, held in memory: as many as are wanted, of a bounded length, and no
 * two with one id, by which their samples are told apart.
 */
final class ProblemsOfFile {

  /** Characters of all problems: a packed file of a kilobyte can hold any number. */
  private static final long LONGEST = 1L << 27;

  private final int limit;
  private final Function<Row, Problem> reading;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Long> rows = new HashMap<>();
  private long length;

  /**
   * @param limit how many are wanted, at least 1
   * @param reading a row's problem
   */
  ProblemsOfFile(int limit, Function<Row, Problem> reading) {
    this.limit = limit;
    this.reading = reading;
  }

  /**
   * Adds a row's problem.
   *
   * @return whether another is wanted
   * @throws UserMistake if its id is that of an earlier row
   * @throws DataException if they are too long together
   */
  boolean add(Row row) {
    Problem problem = reading.apply(row);
    Long earlier = rows.putIfAbsent(problem.id(), row.number());
    if (earlier != null) {
      throw row.mistake(
          "repeats the id '%s' of row %d; give each problem its own"
              .formatted(problem.id(), earlier));
    }
    length += problem.text().length() + problem.answer().length();
    if (length > LONGEST) {
      throw new DataException(
          "%s holds more than %d million characters of problems, in its first %d rows already; take fewer with --limit, if that is what it should be"
              .formatted(row.file(), LONGEST / 1_000_000, row.number()));
    }
    problems.add(problem);
    return problems.size() < limit;
  }

  List<Problem> problems() {
    return problems;
  }
}
