package dev.splitreason.pairs.config;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Two models that belong together, by name.
 *
 * @param name as configuration and options call it
 * @param small writes the chain of thought and the tags
 * @param large writes the spans
 * @param base the small model before it learned to offload, or null
 * @param smallTemplate prompt template of {@code small} and {@code base}, or null for the models'
 *     own
 * @param largeTemplate prompt template of {@code large}, or null for the model's own
 * @param spans how spans are marked and how far they go
 */
public record PairSettings(
    String name,
    ModelSettings small,
    ModelSettings large,
    @Nullable ModelSettings base,
    @Nullable String smallTemplate,
    @Nullable String largeTemplate,
    SpanSettings spans) {

  /** How the tags are spelled. */
  public TagSpelling tags() {
    return spans.tags();
  }
}
