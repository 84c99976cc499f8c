package dev.splitreason.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which columns of a file hold what, as far as all rows have it. */
public abstract class ColumnOptions {

  /** Where these options stand in a help: behind those that most users need. */
  protected static final int LAST = 1;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      order = LAST,
      description = "Column of a row's name.")
  private @Nullable String idColumn;

  @Option(
      names = "--problem-column",
      paramLabel = "NAME",
      order = LAST,
      description = "Column of the problem.")
  private @Nullable String problemColumn;

  @Option(
      names = "--answer-column",
      paramLabel = "NAME",
      order = LAST,
      description = "Column of the reference answer.")
  private @Nullable String answerColumn;

  /** The column of a row's name, or null for the usual ones. */
  protected final @Nullable String idColumn() {
    return idColumn;
  }

  /** The column of the problem, or null for the usual ones. */
  protected final @Nullable String problemColumn() {
    return problemColumn;
  }

  /** The column of the reference answer, or null for the usual ones. */
  protected final @Nullable String answerColumn() {
    return answerColumn;
  }
}
