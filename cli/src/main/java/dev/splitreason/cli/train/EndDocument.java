package dev.splitreason.cli.train;

import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import java.util.Locale;

/**
 * The document of {@code train --json}: how a run ended.
 *
 * @param end the name of an {@link End}, in lower case
 * @param model the folder in which its model is
 */
record EndDocument(String end, String model) {

  static EndDocument of(End end, TrainingFolder run) {
    return new EndDocument(end.name().toLowerCase(Locale.ROOT), run.model().toString());
  }
}
