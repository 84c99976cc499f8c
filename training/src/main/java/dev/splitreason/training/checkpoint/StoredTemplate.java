package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chat template that lies beside a checkpoint's weights. */
public final class StoredTemplate {

  private static final JsonMapper JSON = new JsonMapper();

  private StoredTemplate() {}

  /**
   * The prompt template of a name: one that comes along, or with {@code embedded} the checkpoint's
   * own.
   *
   * @param files of the checkpoint
   * @param tags how the hint spells the tags
   * @throws UserMistake if there is none of that name, or the checkpoint's own cannot be rendered
   */
  public static PromptTemplate named(String name, Map<String, String> files, TagSpelling tags) {
    if (!name.equals(ChatTemplate.NAME)) {
      return Templates.named(name, tags);
    }
    String source = source(files);
    JsonNode settings = settings(files);
    ChatTemplate own =
        source == null
            ? null
            : ChatTemplate.of(
                source,
                spelling(settings.path("bos_token")),
                spelling(settings.path("eos_token")),
                settings.path("add_bos_token").booleanValue(false));
    if (own == null) {
      throw new UserMistake(
          source == null
              ? "the checkpoint has no chat template beside it"
              : "the checkpoint's chat template cannot be rendered",
          "name one of " + String.join(", ", Templates.NAMES));
    }
    return own.toPrompts(tags, null);
  }

  /** Its source: of {@code chat_template.jinja}, else of {@code tokenizer_config.json}, or null. */
  static @Nullable String source(Map<String, String> files) {
    String file = files.get("chat_template.jinja");
    if (file != null) {
      return file;
    }
    JsonNode template = settings(files).path("chat_template");
    for (JsonNode named : template) {
      if (named.path("name").stringValue("").equals("default")) {
        return named.path("template").stringValue(null);
      }
    }
    return template.isString() ? template.stringValue() : null;
  }

  private static JsonNode settings(Map<String, String> files) {
    return JSON.readTree(files.getOrDefault("tokenizer_config.json", "{}"));
  }

  private static String spelling(JsonNode token) {
    return token.isObject() ? token.path("content").stringValue("") : token.stringValue("");
  }
}
