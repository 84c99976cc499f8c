package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two models that share a chain of thought, and what they agreed on. Made by a {@link #builder()}.
 *
 * @param small writes the chain and the tags
 * @param smallTemplate the small (and the base) model's prompt template
 * @param large writes the spans between the tags
 * @param largeTemplate the large model's prompt template
 * @param base the small model before it learned to offload, for policies that do not follow tags;
 *     null to use {@code small} with its tags forbidden
 * @param spans how spans are marked and how far they go
 */
public record Pair(
    LanguageModel small,
    PromptTemplate smallTemplate,
    LanguageModel large,
    PromptTemplate largeTemplate,
    @Nullable LanguageModel base,
    SpanSettings spans)
    implements AutoCloseable {

  /** A pair to be told its models. */
  public static Builder builder() {
    return new Builder();
  }

  /** How the tags are spelled. */
  public TagSpelling tags() {
    return spans.tags();
  }

  /** The most tokens of a span after which the small model is asked whether it would close. */
  public int chunk() {
    return spans.chunk();
  }

  /** The most tokens of one span. */
  public int spanCap() {
    return spans.cap();
  }

  /** The model that writes the small side under policies that do not follow tags. */
  public LanguageModel untagged() {
    return base == null ? small : base;
  }

  /** Closes the models. */
  @Override
  public void close() {
    Set<LanguageModel> models = new LinkedHashSet<>();
    models.add(small);
    models.add(large);
    if (base != null) {
      models.add(base);
    }
    models.forEach(LanguageModel::close);
  }

  /** A pair in the making: it needs a small and a large model, the rest has defaults. */
  public static final class Builder {

    private @Nullable LanguageModel small;
    private @Nullable PromptTemplate smallTemplate;
    private @Nullable LanguageModel large;
    private @Nullable PromptTemplate largeTemplate;
    private @Nullable LanguageModel base;
    private SpanSettings spans = SpanSettings.DEFAULT;

    private Builder() {}

    /** The model that writes the chain and the tags, and the template of its prompts. */
    public Builder small(LanguageModel model, PromptTemplate template) {
      this.small = model;
      this.smallTemplate = template;
      return this;
    }

    /** The model that writes the spans, and the template of its prompts. */
    public Builder large(LanguageModel model, PromptTemplate template) {
      this.large = model;
      this.largeTemplate = template;
      return this;
    }

    /** The small model before it learned to offload; null if there is none. */
    public Builder base(@Nullable LanguageModel model) {
      this.base = model;
      return this;
    }

    /** How spans are marked and how far they go; {@link SpanSettings#DEFAULT} unless said. */
    public Builder spans(SpanSettings spans) {
      this.spans = spans;
      return this;
    }

    /**
     * The pair.
     *
     * @throws NullPointerException if the small or the large model is missing
     */
    public Pair build() {
      return new Pair(
          Objects.requireNonNull(small, "a pair needs a small model"),
          Objects.requireNonNull(smallTemplate, "the small model needs a template"),
          Objects.requireNonNull(large, "a pair needs a large model"),
          Objects.requireNonNull(largeTemplate, "the large model needs a template"),
          base,
          spans);
    }
  }
}
