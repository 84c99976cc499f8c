package dev.splitreason.engine.openai;

import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams.LogitBias;
import com.openai.models.completions.CompletionCreateParams.Prompt;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes completion requests the way one kind of server takes them. */
final class CompletionRequests {

  /** OpenAI's own limits; servers take more for the same. */
  private static final float MOST_BIAS = 100;

  /** vLLM tells no more unless it is started with {@code --max-logprobs}. */
  static final int MOST_LIKELIEST = 20;

  /** What is wanted of drawn tokens beside their text. */
  enum Told {
    IDS,
    LIKELIEST,
    COUNTS,
    TEXT
  }

  /** What routers in front of several replicas hash on, vLLM's without being told to. */
  static final String CONVERSATION_HEADER = "X-Session-ID";

  private final String model;
  private final ServerKind kind;
  private final @Nullable String conversation;

  CompletionRequests(String model, ServerKind kind) {
    this(model, kind, null);
  }

  private CompletionRequests(String model, ServerKind kind, @Nullable String conversation) {
    this.model = model;
    this.kind = kind;
    this.conversation = conversation;
  }

  /** The same, of one conversation. */
  CompletionRequests of(String conversation) {
    return new CompletionRequests(model, kind, conversation);
  }

  /** Asks for at most so many of the likeliest tokens. */
  CompletionCreateParams greedy(Prompt prompt, int maxTokens) {
    return begin(prompt, maxTokens).temperature(0).build();
  }

  /**
   * Asks for tokens that are drawn.
   *
   * @param position of the first one: with the seed it decides the draws
   * @param told what else is wanted
   */
  CompletionCreateParams drawn(
      Prompt prompt, int maxTokens, Sampling sampling, int position, Told told) {
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
    switch (told) {
      case IDS -> tellIds(request);
      case COUNTS -> tellCounts(request);
      case LIKELIEST -> {
        tellIds(request);
        request.logprobs(MOST_LIKELIEST);
        put(request, "return_tokens_as_token_ids", true);
      }
      case TEXT -> {}
    }
    return request.build();
  }

  /** Asks for the likeliest tokens at every position of a prompt, and after it. */
  CompletionCreateParams scored(int[] prompt, int likeliest) {
    CompletionCreateParams.Builder request = likeliest(ofIds(prompt, prompt.length), likeliest);
    put(request, "prompt_logprobs", likeliest);
    return request.build();
  }

  /** Asks for the likeliest tokens after each of several beginnings of a sequence. */
  CompletionCreateParams likeliest(int[] sequence, int[] lengths, int likeliest) {
    Prompt beginnings =
        Prompt.ofArrayOfTokenArrays(
            IntStream.of(lengths).mapToObj(length -> ids(sequence, length)).toList());
    return likeliest(beginnings, likeliest).build();
  }

  private CompletionCreateParams.Builder likeliest(Prompt prompt, int likeliest) {
    CompletionCreateParams.Builder request = begin(prompt, 1).temperature(0).logprobs(likeliest);
    put(request, "return_tokens_as_token_ids", true);
    return request;
  }

  /** The first of some ids as a prompt. */
  static Prompt ofIds(int[] ids, int length) {
    return Prompt.ofArrayOfTokens(ids(ids, length));
  }

  private static List<Long> ids(int[] ids, int length) {
    return IntStream.range(0, length).mapToObj(i -> (long) ids[i]).toList();
  }

  /** Asks for one token under a bias on one id. */
  CompletionCreateParams biased(Prompt prompt, int id) {
    return drawn(prompt, 1, Sampling.GREEDY.plusBias(id, MOST_BIAS), 0, Told.IDS);
  }

  private CompletionCreateParams.Builder begin(Prompt prompt, int maxTokens) {
    CompletionCreateParams.Builder request =
        CompletionCreateParams.builder().model(model).prompt(prompt).maxTokens(maxTokens);
    if (conversation != null) {
      request.putAdditionalHeader(CONVERSATION_HEADER, conversation);
    }
    leaveLogits(request);
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
    if (sampling.repetitionPenalty() != 1) {
      penalizeRepetition(request, sampling.repetitionPenalty());
    }
  }

  /**
   * Takes back what a server would do to the logits by itself: vLLM and SGLang go by the model's
   * {@code generation_config.json} wherever a request says nothing, llama-server by its options.
   */
  private void leaveLogits(CompletionCreateParams.Builder request) {
    if (kind.extended()) {
      request.presencePenalty(0).frequencyPenalty(0);
      penalizeRepetition(request, 1);
    }
  }

  private void penalizeRepetition(CompletionCreateParams.Builder request, double penalty) {
    put(
        request,
        kind == ServerKind.LLAMA_SERVER ? "repeat_penalty" : "repetition_penalty",
        penalty);
  }

  private void tellIds(CompletionCreateParams.Builder request) {
    switch (kind) {
      case LLAMA_SERVER -> put(request, "n_probs", 1);
      case VLLM, SGLANG, OTHER, OLLAMA -> put(request, "return_token_ids", true);
    }
  }

  /** How many tokens there are with each part of a stream: OpenAI's option and vLLM's beside it. */
  private static void tellCounts(CompletionCreateParams.Builder request) {
    request.streamOptions(
        ChatCompletionStreamOptions.builder()
            .includeUsage(true)
            .putAdditionalProperty("continuous_usage_stats", JsonValue.from(true))
            .build());
  }

  private static void put(CompletionCreateParams.Builder request, String name, Object value) {
    request.putAdditionalBodyProperty(name, JsonValue.from(value));
  }
}
