package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import picocli.CommandLine.Option;

/** The option that limits how much of the machine is used. */
public final class CoreOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads of all models together; 0, the default, for one a core.")
  private int threads;

  /**
   * CPU threads for all models together.
   *
   * @throws UserMistake if the option is negative
   */
  public int count() {
    if (threads < 0) {
      throw UserMistake.ofOption("--threads", "must not be negative, not " + threads);
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
