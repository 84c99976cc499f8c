package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.jinja.JinjaException;
import dev.splitreason.core.prompt.jinja.JinjaTemplate;
import dev.splitreason.core.prompt.jinja.Nothing;
import dev.splitreason.core.tag.TagSpelling;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chat template that a model is published with, in Jinja: stored in its GGUF file, in {@code
 * tokenizer_config.json} or {@code chat_template.jinja} beside it, or told by its server. Rendered
 * as transformers renders it.
 */
public final class ChatTemplate {

  /** The name by which options and configuration choose it. */
  public static final String NAME = "embedded";

  private final String source;
  private final JinjaTemplate template;
  private final String begin;
  private final String end;
  private final boolean alwaysBegins;

  private ChatTemplate(
      String source, JinjaTemplate template, String begin, String end, boolean alwaysBegins) {
    this.source = source;
    this.template = template;
    this.begin = begin;
    this.end = end;
    this.alwaysBegins = alwaysBegins;
  }

  /**
   * Reads a template.
   *
   * @param begin the spelling of the token that begins a text, or nothing
   * @param end the spelling of the token that ends one, or nothing
   * @param alwaysBegins whether the model wants that token before every text, whether the template
   *     has it or not
   * @return null if it cannot be rendered here
   */
  public static @Nullable ChatTemplate of(
      String source, String begin, String end, boolean alwaysBegins) {
    try {
      var template =
          new ChatTemplate(source, JinjaTemplate.parse(source), begin, end, alwaysBegins);
      template.template.render(template.values(List.of(Message.user("?")), null));
      return template;
    } catch (JinjaException e) {
      return null;
    }
  }

  /**
   * The template as prompts are made with it; one that comes along wins where it is the same.
   *
   * @param tags how the hint spells the tags
   * @param thinking whether the model is told to think ({@code enable_thinking}); null for what the
   *     template takes for it
   */
  public PromptTemplate toPrompts(TagSpelling tags, @Nullable Boolean thinking) {
    PromptTemplate known = Templates.stored(source);
    return known == null
        ? new EmbeddedTemplate(NAME, messages -> render(messages, thinking), tags)
        : known;
  }

  /**
   * Renders a conversation up to where the assistant's turn begins.
   *
   * @throws UserMistake if the template refuses it
   */
  public String render(List<Message> messages, @Nullable Boolean thinking) {
    try {
      String text = template.render(values(messages, thinking));
      return alwaysBegins && !text.startsWith(begin) ? begin + text : text;
    } catch (JinjaException e) {
      throw new UserMistake("the model's chat template refuses these messages: " + e.getMessage());
    }
  }

  private Map<String, Object> values(List<Message> messages, @Nullable Boolean thinking) {
    Map<String, Object> values = new HashMap<>();
    values.put(
        "messages",
        messages.stream()
            .map(
                message ->
                    (Object)
                        Map.of(
                            "role",
                            message.role().name().toLowerCase(Locale.ROOT),
                            "content",
                            message.content()))
            .toList());
    values.put("add_generation_prompt", true);
    values.put("bos_token", begin);
    values.put("eos_token", end);
    values.put("tools", Nothing.NONE);
    values.put("documents", Nothing.NONE);
    if (thinking != null) {
      values.put("enable_thinking", thinking);
    }
    return values;
  }
}
