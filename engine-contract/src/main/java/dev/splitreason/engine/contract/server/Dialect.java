package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one server says differently from the others. What it leaves out here, it cannot do. */
interface Dialect {

  /** Describes a model in the list of models, beyond its name. */
  void describe(LanguageModel model, ObjectNode card);

  /** Whether a prompt may be token ids. */
  boolean takesIds();

  /** The longest sequence that a request makes, as far as the server refuses longer ones. */
  default int length(int prompt, int maxTokens) {
    return prompt + 1;
  }

  /** Whether a request asks for the ids of what is written, and gets them. */
  default boolean tellsIds(JsonNode question) {
    return false;
  }

  /** Whether a request asks for the probabilities of its prompt, and gets them. */
  default boolean scores(JsonNode question) {
    return false;
  }

  /** Whether a request asks for the likeliest tokens after its prompts, and gets them by id. */
  default boolean tellsLikeliest(JsonNode question) {
    return false;
  }

  /** Whether a prompt of text gets the token that begins a text, whatever it begins with. */
  default boolean addsBegin(JsonNode question) {
    return true;
  }

  /** Whether it tells how many tokens a prompt had. */
  default boolean countsPrompts() {
    return true;
  }

  /** How many of the likeliest tokens a request wants in the place of each one, and gets. */
  default int likeliest(JsonNode question) {
    return 0;
  }

  /** Tells a token's id beside its text. */
  default void tellId(ObjectNode part, String text, Token token) {}

  /** Whether a token is shown as text. */
  default boolean shows(Token token) {
    return true;
  }

  /** Whether tokens that end inside a character are left out. */
  default boolean omitsIncomplete() {
    return false;
  }

  /** The last parts of a completion that the model ended with a token. */
  default Ending ending() {
    return Ending.WITHOUT_THE_TOKEN;
  }

  /** Where the token that ends the text is told. */
  enum Ending {
    WITHOUT_THE_TOKEN,
    TOKEN_IN_THE_LAST_PART,
    TOKEN_IN_A_PART_OF_ITS_OWN
  }

  /** Answers {@code /tokenize}; null where there is no such address. */
  default @Nullable ServedReply tokenize(ServedModels models, JsonNode question) {
    return null;
  }

  /** Answers {@code /detokenize}; null where there is no such address. */
  default @Nullable ServedReply detokenize(ServedModels models, JsonNode question) {
    return null;
  }

  /** Answers {@code /props}; null where there is no such address. */
  default @Nullable ServedReply properties(ServedModels models) {
    return null;
  }
}
