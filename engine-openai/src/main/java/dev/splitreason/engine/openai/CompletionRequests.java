package dev.splitreason.engine.openai;

import com.openai.core.JsonValue;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams.LogitBias;
import com.openai.models.completions.CompletionCreateParams.Prompt;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;

/** Writes completion requests the way one kind of server takes them. */
final class CompletionRequests {

  /** OpenAI's own limits; servers take more for the same. */
  private static final float MOST_BIAS = 100;

  private final String model;
  private final ServerKind kind;

  CompletionRequests(String model, ServerKind kind) {
    this.model = model;
    this.kind = kind;
  }

  /** Asks for at most so many of the likeliest tokens. */
  CompletionCreateParams greedy(Prompt prompt, int maxTokens) {
    return begin(prompt, maxTokens).temperature(0).build();
  }

  /**
   * Asks for tokens that are drawn.
   *
   * @param position of the first one: with the seed it decides the draws
   * @param ids whether their ids are wanted
   */
  CompletionCreateParams drawn(
      Prompt prompt, int maxTokens, Sampling sampling, int position, boolean ids) {
    CompletionCreateParams.Builder request = begin(prompt, maxTokens);
    request.temperature(sampling.temperature());
    if (!sampling.greedy()) {
      request.topP(sampling.topP());
      // Every kind of server takes a positive int.
      request.seed(CounterRandom.bits(sampling.seed(), position) & Integer.MAX_VALUE);
    }
    if (!sampling.bias().isEmpty()) {
      LogitBias.Builder bias = LogitBias.builder();
      sampling
          .bias()
          .forEach(
              (id, amount) ->
                  bias.putAdditionalProperty(
                      id.toString(), JsonValue.from(Math.clamp(amount, -MOST_BIAS, MOST_BIAS))));
      request.logitBias(bias.build());
    }
    extend(request, sampling);
    if (ids) {
      tellIds(request);
    }
    return request.build();
  }

  /** Asks for the likeliest tokens at every position of a prompt, and after it. */
  CompletionCreateParams scored(Prompt prompt, int likeliest) {
    CompletionCreateParams.Builder request = begin(prompt, 1).temperature(0).logprobs(likeliest);
    put(request, "prompt_logprobs", likeliest);
    put(request, "return_tokens_as_token_ids", true);
    return request.build();
  }

  /** Asks for one token under a bias on one id. */
  CompletionCreateParams biased(Prompt prompt, int id) {
    return drawn(prompt, 1, Sampling.GREEDY.plusBias(id, MOST_BIAS), 0, true);
  }

  private CompletionCreateParams.Builder begin(Prompt prompt, int maxTokens) {
    CompletionCreateParams.Builder request =
        CompletionCreateParams.builder().model(model).prompt(prompt).maxTokens(maxTokens);
    if (kind == ServerKind.VLLM || kind == ServerKind.SGLANG) {
      // The prompt is complete as it is, and tags may be control tokens.
      put(request, "add_special_tokens", false);
      put(request, "skip_special_tokens", false);
      put(request, "spaces_between_special_tokens", false);
    }
    if (kind == ServerKind.LLAMA_SERVER) {
      put(request, "cache_prompt", true);
    }
    return request;
  }

  /** Says what is not said by OpenAI's options; servers have defaults of their own for it. */
  private void extend(CompletionCreateParams.Builder request, Sampling sampling) {
    boolean all = kind.extended() && !sampling.greedy();
    if (all || sampling.topK() > 0) {
      int everything = kind == ServerKind.LLAMA_SERVER ? 0 : -1;
      put(request, "top_k", sampling.topK() == 0 ? everything : sampling.topK());
    }
    if (all || sampling.minP() > 0) {
      put(request, "min_p", sampling.minP());
    }
    if (kind.extended() || sampling.repetitionPenalty() != 1) {
      put(
          request,
          kind == ServerKind.LLAMA_SERVER ? "repeat_penalty" : "repetition_penalty",
          sampling.repetitionPenalty());
    }
  }

  private void tellIds(CompletionCreateParams.Builder request) {
    switch (kind) {
      case LLAMA_SERVER -> put(request, "n_probs", 1);
      case VLLM, SGLANG, OTHER, OLLAMA -> put(request, "return_token_ids", true);
    }
  }

  private static void put(CompletionCreateParams.Builder request, String name, Object value) {
    request.putAdditionalBodyProperty(name, JsonValue.from(value));
  }
}
