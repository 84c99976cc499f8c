package dev.splitreason.data.llm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.jsonl.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request for the hardest parts of a trace (arXiv 2504.16379: verbatim, about a fifth of the
 * characters, three to four snippets at least).
 *
 * @param targetShare of the trace's characters that the snippets should make, 0 … 1
 */
record SnippetRequest(double targetShare) {

  /** Changes whenever the wording does, so that a row tells what was asked. */
  static final String VERSION = "hardest-snippets-1";

  @SuppressWarnings("InlineFormatString") // a text of its own, beside the ones it is filled with
  private static final String WORDING =
      """
      Below is %sa reasoning trace. Find its hardest parts: the steps where a much smaller model \
      would most likely go wrong, such as a calculation of several digits, an algebraic \
      transformation, a case that is easily missed, or the idea on which the solution turns. \
      Routine remarks, restatements and announcements are never hard.

      Copy each part verbatim, character by character, from the trace. Choose at least three parts, \
      together about %d %% of its characters.
      %s
      %sTrace:
      %s\
      """;

  private static final String DELIMITED =
      """
      Answer with the parts only, each in this form:
      <<<SNIPPET
      the part
      >>>
      """;

  private static final String AS_JSON =
      """
      Answer with a JSON object: {"snippets": ["a part", "another part"]}
      """;

  private static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "json_schema",
          "json_schema",
          Map.of(
              "name",
              "snippets",
              "strict",
              true,
              "schema",
              Map.of(
                  "type",
                  "object",
                  "properties",
                  Map.of("snippets", Map.of("type", "array", "items", Map.of("type", "string"))),
                  "required",
                  List.of("snippets"),
                  "additionalProperties",
                  false)));

  /** A chat completion, as OpenAI's API takes it. */
  private record Body(
      String model,
      int maxTokens,
      double temperature,
      List<Message> messages,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> responseFormat) {}

  private record Message(String role, String content) {}

  SnippetRequest {
    if (!(targetShare > 0 && targetShare < 1)) {
      throw new UserMistake("the target share must be between 0 and 1, not " + targetShare);
    }
  }

  /**
   * The request's body.
   *
   * @param asJson whether to hold the model to a JSON schema; else the delimited form is asked for
   */
  String body(Endpoint endpoint, @Nullable String problem, String trace, boolean asJson) {
    String message =
        WORDING.formatted(
            problem == null ? "" : "a problem and ",
            Math.round(targetShare * 100),
            asJson ? AS_JSON : DELIMITED,
            problem == null ? "" : "Problem:\n" + problem + "\n\n",
            trace);
    return Json.MAPPER.writeValueAsString(
        new Body(
            endpoint.model(),
            endpoint.maxTokens(),
            endpoint.temperature(),
            List.of(new Message("user", message)),
            asJson ? SCHEMA : null));
  }

  /**
   * At least as many tokens as a body has: no tokenizer writes more tokens than bytes / 2 in prose.
   */
  static long promptTokensAtMost(String body) {
    return body.length() / 2 + 16L;
  }
}
