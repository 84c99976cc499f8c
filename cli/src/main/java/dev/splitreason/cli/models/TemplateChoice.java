package dev.splitreason.cli.models;

import dev.splitreason.cli.error.WrongUse;
import dev.splitreason.core.prompt.FileTemplate;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Decides with which prompt template a model is asked. */
public final class TemplateChoice {

  private static final String EMBEDDED = "gguf";

  private TemplateChoice() {}

  /**
   * The template of that name: a built-in one, a file (with a dot or a slash in its name), or the
   * one stored with the weights, for {@code gguf} or no name at all.
   *
   * @throws WrongUse if there is no such template
   */
  public static PromptTemplate of(@Nullable String pairs, OpenModel model) {
    String name = pairs == null ? model.settings().template() : pairs;
    if (name != null && !name.equals(EMBEDDED)) {
      return named(name);
    }
    if (model.embeddedTemplate() != null) {
      return model.embeddedTemplate();
    }
    throw new WrongUse(
        model.settings().location()
            + " stores no chat template that can be used: name one with --template");
  }

  private static PromptTemplate named(String name) {
    return name.contains(".") || name.contains("/")
        ? FileTemplate.read(Path.of(name))
        : Templates.named(name);
  }
}
