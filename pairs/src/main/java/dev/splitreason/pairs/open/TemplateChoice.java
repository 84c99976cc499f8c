package dev.splitreason.pairs.open;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.core.prompt.FileTemplate;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.pairs.config.ModelSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * With which prompt template a model is asked. Decided before the model is loaded, so that a wrong
 * name costs no time.
 *
 * @param named a built-in template or one from a file; null for the one stored with the weights
 * @param tags how the template's hint spells the tags
 */
public record TemplateChoice(@Nullable PromptTemplate named, TagSpelling tags) {

  /**
   * Chooses by name: a built-in template, a file (with a dot or a slash in its name), or {@code
   * embedded} for the one stored with the weights, which is also the choice where no name is given.
   *
   * @param pairs the name that the pair gives, or null; it wins over the model's own
   * @param tags how the template's hint spells the tags
   * @throws IllegalArgumentException if there is no such template
   */
  public static TemplateChoice of(@Nullable String pairs, ModelSettings model, TagSpelling tags) {
    String name = pairs == null ? model.template() : pairs;
    if (name == null || name.equals(ChatTemplate.NAME)) {
      return new TemplateChoice(null, tags);
    }
    boolean isFile = name.contains(".") || name.contains("/");
    return new TemplateChoice(
        isFile ? FileTemplate.read(Path.of(name), tags) : Templates.named(name, tags), tags);
  }

  /**
   * The template, now that the model is there.
   *
   * @throws UserMistake if the stored one was chosen and there is none that can be rendered
   */
  public PromptTemplate in(OpenModel model) {
    PromptTemplate template = find(model);
    if (template != null) {
      return template;
    }
    throw new UserMistake(
        model.settings().location() + " stores no chat template that can be used",
        "name one with --template, --small-template or --large-template");
  }

  /** The template, or null if the stored one was chosen and there is none that can be rendered. */
  public @Nullable PromptTemplate find(OpenModel model) {
    return named == null ? model.embeddedTemplate().apply(tags) : named;
  }
}
