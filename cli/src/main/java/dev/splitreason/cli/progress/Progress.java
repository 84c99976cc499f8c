package dev.splitreason.cli.progress;

import dev.splitreason.cli.output.Terminal;
import java.io.PrintWriter;

/** Tells on stderr how far a long command is. Not thread-safe. */
public sealed interface Progress extends AutoCloseable permits Bar, Lines {

  /**
   * Progress towards a number of things.
   *
   * @param task what is done: the command's name
   * @param things what is counted, in the plural
   * @param finished how many an earlier run has left
   */
  static Progress towards(
      String task, String things, long total, long finished, PrintWriter stderr) {
    if (finished > 0) {
      stderr.println(
          "%s: going on, %d of %d %s are there".formatted(task, finished, total, things));
    }
    return Terminal.isStderr()
        ? new Bar(task, total, finished)
        : new Lines(task, things, total, finished, stderr);
  }

  /**
   * Tells how far it is.
   *
   * @param finished of all, those of earlier runs included
   * @param how it goes, in a few words
   */
  void tell(long finished, String how);

  /** Ends the display; what was told last stays readable. */
  @Override
  void close();
}
