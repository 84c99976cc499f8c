package dev.splitreason.server.openai;

import dev.splitreason.server.answer.Answered;
import java.util.List;

/**
 * What answers cost in tokens.
 *
 * @param promptTokens of the prompt, once for all answers to it
 * @param completionTokens that were kept, reasoning and tags included
 */
record UsageDocument(
    int promptTokens,
    int completionTokens,
    int totalTokens,
    PromptTokensDetails promptTokensDetails,
    CompletionTokensDetails completionTokensDetails) {

  /**
   * Of the prompt's tokens.
   *
   * @param cachedTokens those that were not prefilled again
   */
  record PromptTokensDetails(int cachedTokens) {}

  /**
   * Of the answers' tokens.
   *
   * @param smallTokens the small model's, tags included
   * @param largeTokens the large model's
   * @param discardedTokens what the large model wrote beyond these, in vain
   */
  record CompletionTokensDetails(
      int reasoningTokens, int smallTokens, int largeTokens, int discardedTokens) {}

  /**
   * The sum over answers.
   *
   * @param toEach how many of them, next to each other, answer the same prompt
   */
  static UsageDocument of(List<Answered> answers, int toEach) {
    int prompt = 0;
    int cached = 0;
    int tokens = 0;
    int reasoning = 0;
    int small = 0;
    int large = 0;
    int discarded = 0;
    for (int i = 0; i < answers.size(); i++) {
      Answered answered = answers.get(i);
      if (i % toEach == 0) {
        prompt += answered.counts().prompt();
        cached += answered.counts().cached();
      }
      tokens += answered.tokens();
      reasoning += answered.counts().reasoning();
      small += answered.trace().usage().smallTokens();
      large += answered.trace().usage().largeTokens();
      discarded += answered.trace().usage().discardedTokens();
    }
    return new UsageDocument(
        prompt,
        tokens,
        prompt + tokens,
        new PromptTokensDetails(cached),
        new CompletionTokensDetails(reasoning, small, large, discarded));
  }
}
