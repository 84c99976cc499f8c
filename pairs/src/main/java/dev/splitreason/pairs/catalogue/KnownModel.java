package dev.splitreason.pairs.catalogue;

import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.pairs.hub.HubName;
import org.jspecify.annotations.Nullable;

/**
 * A published model.
 *
 * @param gguf where its GGUF files are
 * @param checkpoint the repository to train from or to serve, {@code OWNER/NAME}
 * @param shape the name of its shape
 * @param template the prompt template it is asked with; null for its own
 * @param thinking how it thinks
 */
public record KnownModel(
    HubName gguf, String checkpoint, String shape, @Nullable String template, Style thinking) {

  /** How a model thinks before it answers. */
  public enum Style {
    /** Its template opens {@code <think>}. */
    OPENED,
    /** It opens {@code <think>} itself, unless it is told not to think. */
    OWN,
    /** It answers step by step, without a place of its own for thoughts. */
    NONE
  }

  /** Its sizes. */
  public ModelShape sizes() {
    return KnownShapes.of(shape);
  }
}
