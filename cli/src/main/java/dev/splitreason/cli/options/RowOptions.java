package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.source.Columns;
import dev.splitreason.data.source.SourceOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose rows of a data set, and which of its columns hold what. */
public final class RowOptions extends ColumnOptions {

  @Option(
      names = "--trace-column",
      paramLabel = "NAME",
      order = LAST,
      description =
          "Column of the trace (default: annotated, segments, text, trace, the first of generations"
              + " that is marked correct and complete, or the last of messages).")
  private @Nullable String traceColumn;

  @Option(
      names = "--filter",
      paramLabel = "SQL",
      description = "Use the rows for which this holds, as in \"length(problem) < 500\".")
  private @Nullable String filter;

  @Option(names = "--sample", paramLabel = "N", description = "Draw N of these rows.")
  private @Nullable Long sample;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same draw (default: 0).")
  private long seed;

  /**
   * What these options say.
   *
   * @throws UserMistake if a value is out of range
   */
  public SourceOptions toOptions() {
    if (sample != null && sample < 1) {
      throw UserMistake.ofOption("--sample", "must be at least 1, not " + sample);
    }
    var columns = new Columns(idColumn(), problemColumn(), answerColumn(), traceColumn);
    return new SourceOptions(columns, filter, sample == null ? 0 : sample, seed);
  }
}
