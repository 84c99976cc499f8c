package dev.splitreason.server.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Texts;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answered.Finish;
import dev.splitreason.server.openai.Extension;
import dev.splitreason.server.request.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A response of OpenAI's, whole or under way. */
record ResponseDocument(
    String id,
    String object,
    long createdAt,
    String status,
    @Nullable String error,
    @Nullable Incomplete incompleteDetails,
    @Nullable String instructions,
    int maxOutputTokens,
    String model,
    List<OutputItem> output,
    boolean parallelToolCalls,
    double temperature,
    double topP,
    String toolChoice,
    List<String> tools,
    Map<String, String> metadata,
    @Nullable Usage usage,
    @JsonInclude(JsonInclude.Include.NON_NULL) Extension.@Nullable OfAnswer splitreason) {

  /** Why a response was not completed. */
  record Incomplete(String reason) {}

  /** What it cost in tokens. */
  record Usage(
      int inputTokens,
      InputDetails inputTokensDetails,
      int outputTokens,
      OutputDetails outputTokensDetails,
      int totalTokens) {}

  record InputDetails(int cachedTokens) {}

  record OutputDetails(int reasoningTokens) {}

  /** A response that has just begun. */
  static ResponseDocument begun(Asked asked, @Nullable String instructions) {
    SplitOptions options = asked.options();
    return new ResponseDocument(
        id("resp"),
        "response",
        Instant.now().getEpochSecond(),
        "in_progress",
        null,
        null,
        instructions,
        options.maxTokens(),
        asked.model().name(),
        List.of(),
        false,
        options.sampling().temperature(),
        options.sampling().topP(),
        "none",
        List.of(),
        Map.of(),
        null,
        null);
  }

  static String id(String prefix) {
    return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
  }

  /** The same, ended by an answer. */
  ResponseDocument ended(Answered answered) {
    boolean completed = answered.finish().reason() == Finish.Reason.STOP;
    List<OutputItem> items = new ArrayList<>();
    Texts texts = answered.texts();
    if (!texts.reasoning().isEmpty()) {
      items.add(OutputItem.of(Channel.REASONING, id("rs"), true, texts.reasoning()));
    }
    items.add(OutputItem.of(Channel.ANSWER, id("msg"), true, texts.answer()));
    return ended(answered, items, completed);
  }

  /** The same, ended by an answer that was told in these items. */
  ResponseDocument ended(Answered answered, List<OutputItem> items, boolean completed) {
    int prompt = answered.counts().prompt();
    int tokens = answered.tokens();
    return new ResponseDocument(
        id,
        object,
        createdAt,
        completed ? "completed" : "incomplete",
        null,
        completed ? null : new Incomplete("max_output_tokens"),
        instructions,
        maxOutputTokens,
        model,
        List.copyOf(items),
        parallelToolCalls,
        temperature,
        topP,
        toolChoice,
        tools,
        metadata,
        new Usage(
            prompt,
            new InputDetails(answered.counts().cached()),
            tokens,
            new OutputDetails(answered.counts().reasoning()),
            prompt + tokens),
        Extension.OfAnswer.of(answered));
  }
}
