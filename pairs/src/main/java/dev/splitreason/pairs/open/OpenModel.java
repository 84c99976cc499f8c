package dev.splitreason.pairs.open;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.files.trace.RecordedAnswer;
import dev.splitreason.pairs.config.ModelSettings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that runs, and what its file says beside the weights.
 *
 * @param settings as it was asked for
 * @param model ready to decode
 * @param embeddedTemplate gives the prompt template stored with the weights, with a hint that
 *     spells the tags so; null if there is none that can be rendered
 * @param fileType how the weights are stored, such as {@code Q8_0}, or null if unknown
 */
public record OpenModel(
    ModelSettings settings,
    LanguageModel model,
    Function<TagSpelling, @Nullable PromptTemplate> embeddedTemplate,
    @Nullable String fileType)
    implements AutoCloseable {

  /** How recorded answers tell of it. */
  public RecordedAnswer.UsedModel used() {
    ModelInfo info = model.info();
    return new RecordedAnswer.UsedModel(settings.name(), info.description(), info.parameters());
  }

  @Override
  public void close() {
    model.close();
  }
}
