package dev.splitreason.server.request;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Body;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Fields that clients know and this server does not honour: they are refused by name, unless their
 * value asks for nothing.
 */
public final class Unsupported {

  /** Fields that add something which is not there. */
  private static final List<String> ADDED =
      List.of(
          "tools",
          "functions",
          "audio",
          "prediction",
          "web_search_options",
          "guided_json",
          "guided_regex",
          "guided_choice",
          "guided_grammar",
          "structured_outputs",
          "stop_token_ids",
          "bad_words",
          "allowed_token_ids",
          "logits_processors",
          "suffix",
          "prompt_logprobs");

  /** Fields that change nothing at 0 or false. */
  private static final List<String> SWITCHES =
      List.of(
          "frequency_penalty",
          "presence_penalty",
          "use_beam_search",
          "ignore_eos",
          "min_tokens",
          "prompt_embeds",
          "continue_final_message");

  private Unsupported() {}

  /**
   * Refuses what is not supported.
   *
   * @throws Refusal that names the field
   */
  public static void refuse(Body body) {
    for (String field : ADDED) {
      require(isEmpty(body.field(field)), field);
    }
    refuseUnlessOff(body, SWITCHES);
    one(body, "tool_choice", "none", "auto");
    one(body, "function_call", "none", "auto");
    JsonNode format = body.field("response_format");
    require(isEmpty(format) || format.path("type").asString("").equals("text"), "response_format");
    JsonNode modalities = body.field("modalities");
    require(
        isEmpty(modalities)
            || (modalities.size() == 1 && modalities.get(0).asString("").equals("text")),
        "modalities");
    JsonNode bestOf = body.field("best_of");
    require(isEmpty(bestOf) || bestOf.equals(body.field("n")) || bestOf.asInt(0) == 1, "best_of");
  }

  /** Refuses what only OpenAI's completions tell here: logarithms of probabilities. */
  public static void refuseLogprobs(Body body) {
    refuseUnlessOff(body, List.of("logprobs", "top_logprobs"));
  }

  private static void refuseUnlessOff(Body body, List<String> fields) {
    for (String field : fields) {
      JsonNode value = body.field(field);
      boolean off =
          value.isBoolean() ? !value.asBoolean() : value.isNumber() && value.asDouble() == 0;
      require(isEmpty(value) || off, field);
    }
  }

  /** Refuses these fields unless they are empty. */
  public static void refuse(Body body, String... fields) {
    for (String field : fields) {
      require(isEmpty(body.field(field)), field);
    }
  }

  private static void one(Body body, String field, String... harmless) {
    JsonNode value = body.field(field);
    require(isEmpty(value) || List.of(harmless).contains(value.asString("")), field);
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || (value.isContainer() && value.isEmpty())
        || (value.isString() && value.asString().isEmpty());
  }

  private static void require(boolean harmless, String field) {
    if (!harmless) {
      throw Refusal.of(
          Refusal.Kind.UNSUPPORTED, field, "the field '" + field + "' is not supported here");
    }
  }
}
