package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Texts;
import dev.splitreason.server.answer.Answered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion.
 *
 * @param created in seconds since 1970
 * @param splitreason that of the only answer; left out where there are several, which have their
 *     own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    UsageDocument usage,
    Extension.@Nullable OfAnswer splitreason) {

  /**
   * One answer.
   *
   * @param logprobs of all tokens of the answer; null unless asked for
   * @param stopReason the stop text that ended it, or null
   */
  record Choice(
      int index,
      AssistantMessage message,
      LogprobDocument.@Nullable OfChat logprobs,
      String finishReason,
      @Nullable String stopReason,
      @JsonInclude(JsonInclude.Include.NON_NULL) Extension.@Nullable OfAnswer splitreason) {}

  /**
   * What the pair says.
   *
   * @param reasoningContent the chain of thought, as DeepSeek and older vLLM call it
   * @param reasoning the same, as newer vLLM and OpenRouter call it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AssistantMessage(
      String role, String content, @Nullable String reasoningContent, @Nullable String reasoning) {

    static AssistantMessage of(Texts texts) {
      String reasoning = texts.reasoning().isEmpty() ? null : texts.reasoning();
      return new AssistantMessage("assistant", texts.answer(), reasoning, reasoning);
    }
  }

  static ChatCompletion of(Envelope envelope, List<Answered> answers) {
    boolean several = answers.size() > 1;
    List<Choice> choices = new ArrayList<>();
    for (Answered answered : answers) {
      choices.add(
          new Choice(
              choices.size(),
              AssistantMessage.of(answered.texts()),
              LogprobDocument.OfChat.of(answered.logprobs()),
              FinishLabel.of(answered.finish()),
              answered.finish().stop(),
              several ? Extension.OfAnswer.of(answered) : null));
    }
    return new ChatCompletion(
        envelope.id(),
        "chat.completion",
        envelope.created(),
        envelope.model(),
        choices,
        UsageDocument.of(answers, answers.size()),
        several ? null : Extension.OfAnswer.of(answers.getFirst()));
  }
}
