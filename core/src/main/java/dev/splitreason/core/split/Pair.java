package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two models that share a chain of thought, and what they agreed on.
 *
 * @param small writes the chain and the tags
 * @param large writes the spans between the tags
 * @param base the small model before it learned to offload, for policies that do not follow tags;
 *     null to use {@code small} with its tags forbidden
 * @param smallTemplate the small (and the base) model's prompt template
 * @param largeTemplate the large model's prompt template
 * @param tags how the tags are spelled
 * @param chunk tokens of a span after which the small model is asked whether it would close (8
 *     unless the pair says otherwise)
 * @param spanCap the most tokens of one span (arXiv 2504.16379 has 512)
 */
public record Pair(
    LanguageModel small,
    LanguageModel large,
    @Nullable LanguageModel base,
    PromptTemplate smallTemplate,
    PromptTemplate largeTemplate,
    TagSpelling tags,
    int chunk,
    int spanCap)
    implements AutoCloseable {

  /** Tokens between two looks at a growing span, unless a pair says otherwise. */
  public static final int DEFAULT_CHUNK = SpanSettings.DEFAULT.chunk();

  /** The most tokens of one span, unless a pair says otherwise (the published code's cap). */
  public static final int DEFAULT_SPAN_CAP = SpanSettings.DEFAULT.cap();

  public Pair {
    // Refuses what spans cannot be.
    SpanSettings _ = new SpanSettings(tags, chunk, spanCap);
  }

  /** How spans are marked and how far they go. */
  public SpanSettings spans() {
    return new SpanSettings(tags, chunk, spanCap);
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
}
