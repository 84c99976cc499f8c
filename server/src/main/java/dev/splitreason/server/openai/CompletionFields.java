package dev.splitreason.server.openai;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.server.answer.RawPrompt;
import dev.splitreason.server.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What only a text completion has: prompts that are read as they are.
 *
 * @param prompt a text, a list of texts, a list of token ids, or a list of such lists
 * @param echo whether the prompt stands before the answer
 */
record CompletionFields(@Nullable JsonNode prompt, @Nullable Boolean echo) {

  private static final String PROMPT = "prompt";
  private static final int MOST = 256;

  boolean echoes() {
    return echo != null && echo;
  }

  /**
   * The prompts, in their order.
   *
   * @param model whose tokens the ids are
   */
  List<RawPrompt> prompts(LanguageModel model) {
    List<RawPrompt> prompts = new ArrayList<>();
    if (prompt != null && prompt.isArray() && !prompt.isEmpty() && !prompt.get(0).isNumber()) {
      if (prompt.size() > MOST) {
        throw Refusal.invalid(PROMPT, "prompt may have " + MOST + " prompts, not " + prompt.size());
      }
      for (int i = 0; i < prompt.size(); i++) {
        prompts.add(one(prompt.get(i), PROMPT + "[" + i + "]", model));
      }
    } else {
      prompts.add(one(prompt, PROMPT, model));
    }
    return prompts;
  }

  private static RawPrompt one(@Nullable JsonNode prompt, String field, LanguageModel model) {
    RawPrompt read;
    if (prompt != null && prompt.isString()) {
      read = RawPrompt.ofText(prompt.asString());
    } else if (prompt != null && prompt.isArray()) {
      int[] ids = new int[prompt.size()];
      for (int i = 0; i < ids.length; i++) {
        if (!prompt.get(i).isIntegralNumber() || !prompt.get(i).canConvertToInt()) {
          throw Refusal.invalid(field, field + " mixes token ids with something else");
        }
        ids[i] = prompt.get(i).asInt();
      }
      read = RawPrompt.ofIds(ids, model, field);
    } else {
      throw Refusal.invalid(field, field + " must be a text or a list of token ids");
    }
    if (read.isEmpty()) {
      throw Refusal.invalid(field, field + " is empty: there is nothing to go on from");
    }
    return read;
  }
}
