package dev.splitreason.pairs.config;

import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.pairs.catalogue.KnownModel;
import dev.splitreason.pairs.catalogue.KnownPair;
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
 * @param policy who writes when unless a request says otherwise, as calibrated for these models;
 *     null for what {@code defaults} says
 */
public record PairSettings(
    String name,
    ModelSettings small,
    ModelSettings large,
    @Nullable ModelSettings base,
    @Nullable String smallTemplate,
    @Nullable String largeTemplate,
    SpanSettings spans,
    @Nullable PolicyChoice policy) {

  /** A pair without a policy of its own. */
  public PairSettings(
      String name,
      ModelSettings small,
      ModelSettings large,
      @Nullable ModelSettings base,
      @Nullable String smallTemplate,
      @Nullable String largeTemplate,
      SpanSettings spans) {
    this(name, small, large, base, smallTemplate, largeTemplate, spans, null);
  }

  /**
   * How it answers unless a request says otherwise, with what all pairs do where it says nothing.
   */
  public RequestSettings over(RequestSettings defaults) {
    return new RequestSettings(
            new RequestSettings.Decoding(policy, null, null),
            RequestSettings.Draws.NONE,
            RequestSettings.Limits.NONE)
        .over(defaults);
  }

  /** A published pair, as the catalogue has it. */
  static PairSettings of(KnownPair pair) {
    return new PairSettings(
        pair.name(),
        model(pair.small()),
        model(pair.large()),
        null,
        pair.small().template(),
        pair.large().template(),
        SpanSettings.DEFAULT);
  }

  private static ModelSettings model(KnownModel model) {
    return ModelSettings.of(model.gguf().toString(), new ModelLocation.OnHub(model.gguf()));
  }

  /** How the tags are spelled. */
  public TagSpelling tags() {
    return spans.tags();
  }
}
