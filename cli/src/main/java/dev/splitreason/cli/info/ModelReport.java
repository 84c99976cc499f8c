package dev.splitreason.cli.info;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.engine.openai.OpenAiModel;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.open.OpenModel;
import dev.splitreason.pairs.open.TemplateChoice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model of a pair; what only a loaded model tells is null when it does not load.
 *
 * @param role small, large or base
 * @param name as configuration and options call it
 * @param location file or {@code URL#model}
 * @param adapter the LoRA adapter beside it, or null
 * @param bytes size of the file, or null if it is none
 * @param description architecture, size and quantisation, as the engine tells it
 * @param parameters the number of weights; null too where a server does not tell
 * @param quantisation how the weights are stored
 * @param context tokens a session may hold; null too where a server does not tell
 * @param template the prompt template in use, or null if one has to be named
 * @param tags {@code tokens} if the pair's tags are single tokens of this model, else {@code text}
 * @param capabilities what it can do beyond going on with text
 * @param problem why it cannot be used, or null
 */
record ModelReport(
    String role,
    String name,
    String location,
    @Nullable String adapter,
    @Nullable Long bytes,
    @Nullable String description,
    @Nullable Long parameters,
    @Nullable String quantisation,
    @Nullable Integer context,
    @Nullable String template,
    @Nullable String tags,
    List<String> capabilities,
    @Nullable String problem) {

  /** Describes a model that is open. */
  static ModelReport of(String role, OpenModel open, @Nullable String template, TagSpelling tags) {
    ModelSettings settings = open.settings();
    ModelInfo info = open.model().info();
    PromptTemplate asked = TemplateChoice.of(template, settings, tags).find(open);
    return new ModelReport(
        role,
        settings.name(),
        settings.location().toString(),
        adapter(settings),
        size(settings.location()),
        info.description(),
        info.parameters() == 0 ? null : info.parameters(),
        open.fileType(),
        info.contextLength() == OpenAiModel.UNKNOWN_CONTEXT ? null : info.contextLength(),
        asked == null ? null : asked.name(),
        kind(tags, open.model().tokenizer()),
        able(open.model().capabilities()),
        null);
  }

  /** What is known of a model that cannot be used. */
  static ModelReport ofProblem(String role, ModelSettings settings, @Nullable String problem) {
    return new ModelReport(
        role,
        settings.name(),
        settings.location().toString(),
        adapter(settings),
        size(settings.location()),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        problem);
  }

  private static @Nullable String adapter(ModelSettings settings) {
    return settings.adapter() == null ? null : settings.adapter().toString();
  }

  private static @Nullable Long size(ModelLocation location) {
    long bytes = location.bytes();
    return bytes == 0 ? null : bytes;
  }

  private static List<String> able(Capabilities can) {
    return Stream.of(
            can.tokenIds() ? "token ids" : "",
            can.scoring() ? "scoring" : "",
            can.logitBias() ? "logit bias" : "",
            can.entropy() ? "entropy" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static String kind(TagSpelling tags, @Nullable Tokenizer tokenizer) {
    boolean single =
        tokenizer != null
            && tokenizer.idOf(tags.open()) != null
            && tokenizer.idOf(tags.close()) != null;
    return single ? "tokens" : "text";
  }
}
