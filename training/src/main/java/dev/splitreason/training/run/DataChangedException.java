package dev.splitreason.training.run;

import dev.splitreason.core.error.Failure;
import java.nio.file.Path;

/** The data of a run is not what it was when the run began. */
public final class DataChangedException extends Failure {

  private static final long serialVersionUID = 1L;

  DataChangedException(Path folder, String change) {
    super(
        "cannot go on with "
            + folder
            + ": its data has changed since it began, "
            + change
            + "; put the file back, or begin another run from one of its checkpoints",
        null);
  }
}
