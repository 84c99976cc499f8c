package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.LanguageModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that exchanges text.
 *
 * @param owner what it calls itself
 * @param takesIds whether a prompt may be ids all the same
 * @param tellsContext whether it tells how long a sequence may be
 */
record TextDialect(String owner, boolean takesIds, boolean tellsContext) implements Dialect {

  @Override
  public boolean addsBegin(JsonNode question) {
    return question.path("add_special_tokens").asBoolean(true);
  }

  @Override
  public boolean countsPrompts() {
    return tellsContext;
  }

  @Override
  public void describe(LanguageModel model, ObjectNode card) {
    card.put("owned_by", owner);
    if (tellsContext) {
      card.put("max_model_len", model.info().contextLength());
    }
  }
}
