package dev.splitreason.server.answer;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.Prompt.Part;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.vocabulary.Exchange;
import dev.splitreason.server.error.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that no template has made. Control tokens that are spelled in it are meant: whoever asks
 * so is trusted to write the whole of it.
 *
 * @param text its words
 * @param ids its tokens; null where it came as text
 * @param vocabulary whose tokens they are; null where it came as text
 */
public record RawPrompt(String text, int @Nullable [] ids, @Nullable Tokenizer vocabulary) {

  /** Words. */
  public static RawPrompt ofText(String text) {
    return new RawPrompt(text, null, null);
  }

  /**
   * Tokens of a model's vocabulary.
   *
   * @throws Refusal if the model has no such tokens
   */
  public static RawPrompt ofIds(int[] ids, LanguageModel model, String field) {
    Tokenizer tokenizer = model.tokenizer();
    if (tokenizer == null) {
      throw Refusal.of(
          Refusal.Kind.UNSUPPORTED, field, field + ": this model takes text only, no token ids");
    }
    var text = new ByteArrayOutputStream();
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.size()) {
        throw Refusal.invalid(
            field, field + ": token ids are 0 … " + (tokenizer.size() - 1) + ", not " + id);
      }
      text.writeBytes(tokenizer.bytes(id));
    }
    return new RawPrompt(text.toString(StandardCharsets.UTF_8), ids, tokenizer);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** How many tokens come before the prompt's own when this model reads it. */
  int addedTokens(LanguageModel model) {
    Tokenizer tokenizer = model.tokenizer();
    if (ids != null || tokenizer == null || text.startsWith(tokenizer.textStart())) {
      return 0;
    }
    return tokenizer.tokenizeWithControl(tokenizer.textStart()).length;
  }

  PromptTemplate templateFor(LanguageModel model) {
    Tokenizer tokenizer = model.tokenizer();
    if (ids != null && vocabulary != null && Exchange.between(vocabulary, tokenizer).sameIds()) {
      return new Template(Prompt.ofIds(ids, text));
    }
    String start = tokenizer == null ? "" : tokenizer.textStart();
    String whole = text.startsWith(start) ? text : start + text;
    return new Template(new Prompt(List.of(new Part(whole, true))));
  }

  /** Renders whatever is said as the prompt. */
  private record Template(Prompt prompt) implements PromptTemplate {
    @Override
    public Prompt render(List<Message> messages, boolean hinted) {
      return prompt;
    }

    @Override
    public String name() {
      return "raw";
    }
  }
}
