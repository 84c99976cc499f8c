package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Worked examples that stand before every question.
 *
 * @param count how many
 * @param from the file they are taken from, in its order; null if there are none
 */
public record Shots(int count, @Nullable Path from) {

  /** No examples. */
  public static final Shots NONE = new Shots(0, null);

  public Shots {
    if (count < 0) {
      throw UserMistake.ofOption("--shots", "must be at least 0, not " + count);
    }
    if (count > 0 && from == null) {
      throw UserMistake.ofOption(
          "--shots",
          "needs --shots-from FILE: problems with solutions, as the training part of the data set");
    }
  }
}
