package dev.splitreason.cli.eval;

import dev.splitreason.cli.options.ColumnOptions;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.data.problem.ProblemColumns;
import dev.splitreason.data.problem.Shots;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the problems. */
final class BenchmarkOptions extends ColumnOptions {

  @Option(
      names = "--benchmark",
      paramLabel = "NAME|FILE",
      description = "Use " + Benchmarks.NAMES + " (default: chain).")
  private String benchmark = "chain";

  @Option(names = "--limit", paramLabel = "N", description = "Use the first N problems.")
  private @Nullable Integer limit;

  @Option(
      names = "--shots",
      paramLabel = "N",
      description =
          "Show N worked examples before every question of gsm8k, math-500, aime24 or aime25"
              + " (default: 0).")
  private int shots;

  @Option(
      names = "--shots-from",
      paramLabel = "FILE",
      description = "Take the examples from here: another part of the same data set.")
  private @Nullable Path shotsFrom;

  @Option(
      names = "--difficulty-column",
      paramLabel = "NAME",
      order = LAST,
      description = "Column by which accuracy is told apart.")
  private @Nullable String difficultyColumn;

  /** The benchmark that these options mean. */
  Benchmark load(long seed) throws IOException {
    if (limit != null && limit < 1) {
      throw UserMistake.ofOption("--limit", "must be at least 1, not " + limit);
    }
    return load(benchmark, limit == null ? 0 : limit, seed);
  }

  /**
   * Another benchmark, read in the same way.
   *
   * @param named as {@code --benchmark} takes it
   * @param most the most problems; 0 for all
   */
  Benchmark load(String named, int most, long seed) throws IOException {
    var columns = new ProblemColumns(idColumn(), problemColumn(), answerColumn(), difficultyColumn);
    if (shots == 0 && shotsFrom != null) {
      throw UserMistake.ofOption("--shots-from", "is of use with --shots N only");
    }
    return Benchmarks.asked(named, columns, seed, most, new Shots(shots, shotsFrom));
  }
}
