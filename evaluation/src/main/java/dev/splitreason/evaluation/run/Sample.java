package dev.splitreason.evaluation.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a contender to a problem, or its failure to give one.
 *
 * @param key who answered what
 * @param problem what was asked
 * @param seed what the answer was drawn with
 * @param outcome right, wrong or failed
 * @param reason what decided that: how the answer was judged, or why the model failed
 * @param answer the final answer that was found in the text; empty if it failed
 * @param trace how it came about, or null if it failed
 */
public record Sample(
    SampleKey key,
    Problem problem,
    long seed,
    Outcome outcome,
    String reason,
    String answer,
    @Nullable Trace trace) {

  /** What became of a sample. A failure counts as wrong, and is told apart. */
  public enum Outcome {
    RIGHT,
    WRONG,
    FAILED;

    /** The outcome's name in files: lower case. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the answer is right. */
  public boolean right() {
    return outcome == Outcome.RIGHT;
  }

  /** Whether there is no answer to judge. */
  public boolean failed() {
    return outcome == Outcome.FAILED;
  }
}
