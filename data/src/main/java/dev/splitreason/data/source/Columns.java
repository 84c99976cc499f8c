package dev.splitreason.data.source;

import org.jspecify.annotations.Nullable;

/**
 * Which columns hold what. Null is for the usual names: {@code id} or {@code uuid}; {@code
 * problem}, {@code question} or {@code prompt}; {@code answer}; and for the trace {@code
 * annotated}, the {@code segments} of a recorded answer, {@code text}, {@code trace}, OpenR1's
 * {@code generations}, else the last of {@code messages}.
 *
 * @param id names a trace
 * @param problem the question
 * @param answer the reference answer
 * @param trace the trace: text with or without tags, segments, or a list of texts of which the
 *     first marked correct and complete is taken
 */
public record Columns(
    @Nullable String id,
    @Nullable String problem,
    @Nullable String answer,
    @Nullable String trace) {

  /** The usual names. */
  public static final Columns USUAL = new Columns(null, null, null, null);
}
