package dev.splitreason.cli.eval;

import dev.splitreason.cli.options.ColumnOptions;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.data.problem.ProblemColumns;
import java.io.IOException;
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
    var columns = new ProblemColumns(idColumn(), problemColumn(), answerColumn(), difficultyColumn);
    return Benchmarks.load(benchmark, columns, seed, limit == null ? 0 : limit);
  }
}
