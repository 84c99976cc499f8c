package dev.splitreason.files.trace;

import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Trace;
import org.jspecify.annotations.Nullable;

/**
 * An answer with everything that is needed to understand it later.
 *
 * @param id unique among recorded answers
 * @param question what was asked
 * @param small the model of the small side, or null if the policy used none
 * @param large the model of the large side, or null if the policy used none
 * @param options how it was to be answered
 * @param trace what came out
 */
public record RecordedAnswer(
    String id,
    String question,
    @Nullable UsedModel small,
    @Nullable UsedModel large,
    SplitOptions options,
    Trace trace) {

  /**
   * A model that took part.
   *
   * @param name as the user named it
   * @param description architecture, size and quantisation
   * @param parameters the number of weights, or 0 if unknown
   */
  public record UsedModel(String name, String description, long parameters) {}
}
