package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.text.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompt templates that come with the project. */
public final class Templates {

  /** Their names. */
  public static final List<String> NAMES =
      List.of(ChainTemplate.NAME, ChatMlTemplate.NAME, DeepSeekR1Template.NAME);

  private Templates() {}

  /**
   * The template with this name, whose hint spells the tags as the paper does.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PromptTemplate named(String name) {
    return named(name, TagSpelling.BIGMODEL);
  }

  /**
   * The template with this name.
   *
   * @param tags how the hint spells the tags
   * @throws IllegalArgumentException if there is none
   */
  public static PromptTemplate named(String name, TagSpelling tags) {
    Hint hint = new Hint(tags);
    return switch (name) {
      case ChainTemplate.NAME -> new ChainTemplate();
      case ChatMlTemplate.NAME -> new ChatMlTemplate(hint);
      case DeepSeekR1Template.NAME -> new DeepSeekR1Template(hint);
      default ->
          throw new UserMistake(
              "unknown template '"
                  + name
                  + "': the templates are "
                  + String.join(", ", NAMES)
                  + Suggestion.after(name, NAMES));
    };
  }

  /**
   * The template here that a chat template stored with a model's weights stands for, or null if it
   * is none of them.
   *
   * @param source of the stored template, in Jinja
   */
  public static @Nullable PromptTemplate stored(String source) {
    return source.equals(ChainTemplate.SOURCE) ? new ChainTemplate() : null;
  }

  /**
   * The chat template, in Jinja, to store with the weights of a model that was trained with a
   * template: {@link #stored} knows it again, and other programs prompt the model alike.
   *
   * @throws IllegalArgumentException if the template has no such form
   */
  public static String source(String name) {
    if (!name.equals(ChainTemplate.NAME)) {
      throw new IllegalArgumentException("the template '" + name + "' has no Jinja form");
    }
    return ChainTemplate.SOURCE;
  }
}
