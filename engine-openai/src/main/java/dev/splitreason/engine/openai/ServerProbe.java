package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams.Prompt;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.engine.openai.CompletionRequests.Told;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a server can do by having it do it: what it says about itself decides only how it is
 * asked. Blocking, to be called within an {@link Exchange}.
 */
final class ServerProbe {

  private static final String TEXT = "1+1=2";

  /** How many of a server's models an error names. */
  private static final int SHOWN_NAMES = 10;

  private final ServerClient client;
  private final OpenAiOptions options;

  ServerProbe(ServerClient client, OpenAiOptions options) {
    this.client = client;
    this.options = options;
  }

  ServerTraits ask() {
    List<JsonNode> models = client.models();
    JsonNode card = card(models);
    ServerKind kind = ServerKind.of(owner(models, card));
    var requests = new CompletionRequests(options.model(), kind);
    requireCompletions(requests, models);

    JsonNode meta = card == null ? null : card.path("meta");
    int vocabulary = meta == null ? 0 : meta.path("n_vocab").asInt(0);
    ServedTokenizer tokenizer =
        options.tokenIds() == Use.NEVER ? null : ServedTokenizer.of(client, options, vocabulary);
    if (tokenizer != null && !exchangesIds(requests, tokenizer)) {
      tokenizer = null;
    }
    ServedTokenizer ids = tokenizer;
    JsonNode properties = kind == ServerKind.LLAMA_SERVER ? client.askBeside("props", null) : null;
    if (ids != null && properties != null) {
      Integer ender = ids.idOf(properties.path("eos_token").asText(""));
      if (ender != null) {
        ids.learnEnder(ender);
      }
    }
    boolean scoring = has(options.scoring(), () -> ids != null && scores(requests, ids));
    boolean bias = has(options.logitBias(), () -> ids != null && biases(requests, ids));
    boolean batches = ids != null && scoring && answersInBatches(requests, ids);
    require("token ids", options.tokenIds(), ids != null);
    require("scoring", options.scoring(), scoring);
    require("a logit bias", options.logitBias(), bias);
    return new ServerTraits(
        kind,
        contextLength(card),
        meta == null ? 0 : meta.path("n_params").asLong(0),
        template(properties),
        properties == null ? "" : properties.path("bos_token").asText(""),
        properties == null ? "" : properties.path("eos_token").asText(""),
        ids,
        scoring,
        ids == null && BeginOfText.isAdded(client, requests),
        batches,
        scoring && ids != null && writesWithLikeliest(requests, ids),
        bias);
  }

  private @Nullable JsonNode card(@Nullable List<JsonNode> models) {
    return models == null
        ? null
        : models.stream()
            .filter(model -> model.path("id").asText("").equals(options.model()))
            .findFirst()
            .orElse(null);
  }

  private static String owner(@Nullable List<JsonNode> models, @Nullable JsonNode card) {
    JsonNode any = card != null || models == null || models.isEmpty() ? card : models.getFirst();
    return any == null ? "" : any.path("owned_by").asText("");
  }

  private void requireCompletions(CompletionRequests requests, @Nullable List<JsonNode> models) {
    if (models != null && card(models) == null) {
      List<String> names = models.stream().map(model -> model.path("id").asText("")).toList();
      throw new ModelException(
          Kind.NOT_LOADABLE,
          "%s has no model '%s'%s%s"
              .formatted(
                  options.url(),
                  options.model(),
                  Suggestion.after(options.model(), names),
                  names.isEmpty() ? "" : " (it has: " + some(names) + ")"));
    }
    try {
      client.complete(requests.greedy(Prompt.ofString(TEXT), 1));
    } catch (ModelException e) {
      if (!ServerErrors.meansMissing(e)) {
        throw e;
      }
      throw new ModelException(
          Kind.NOT_LOADABLE,
          models == null
              ? options.name()
                  + " has neither models nor completions there: is the URL that of the"
                  + " API, up to /v1?"
              : options.name()
                  + " has no completions, only chat: split decoding goes on with raw"
                  + " text, which needs a server with /v1/completions (vLLM, SGLang, llama-server,"
                  + " Ollama)",
          e);
    }
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())));
    return names.size() <= SHOWN_NAMES
        ? shown
        : shown + " and " + (names.size() - SHOWN_NAMES) + " more";
  }

  /** Whether it takes a prompt of ids and tells the ids of what it writes. */
  private boolean exchangesIds(CompletionRequests requests, ServedTokenizer tokenizer) {
    return works(
        () -> {
          JsonNode choice =
              client.complete(requests.drawn(prompt(tokenizer), 1, Sampling.GREEDY, 0, Told.IDS));
          return !CompletionChunk.of(choice).tokens().isEmpty();
        });
  }

  private boolean scores(CompletionRequests requests, ServedTokenizer tokenizer) {
    return works(
        () -> {
          int[] prompt = tokenizer.tokenize(TEXT);
          JsonNode choice = client.complete(requests.scored(prompt, 1));
          JsonNode told = choice.path("prompt_logprobs");
          return told.size() == prompt.length
              && told.path(1).path(Integer.toString(prompt[1])).has("logprob")
              && tellsLikeliest(choice);
        });
  }

  /** Whether it answers for two prompts at once. */
  private boolean answersInBatches(CompletionRequests requests, ServedTokenizer tokenizer) {
    int[] prompt = tokenizer.tokenize(TEXT);
    int[] lengths = {prompt.length - 1, prompt.length};
    try {
      return client.complete(requests.likeliest(prompt, lengths, 1), lengths.length).stream()
          .allMatch(ServerProbe::tellsLikeliest);
    } catch (ModelException e) {
      // It is only a way to go faster.
      return false;
    }
  }

  private static boolean tellsLikeliest(JsonNode choice) {
    var likeliest = choice.path("logprobs").path("top_logprobs").path(0).properties();
    return !likeliest.isEmpty()
        && likeliest.stream().allMatch(likely -> likely.getKey().startsWith("token_id:"));
  }

  /** Whether it tells the likeliest tokens in the place of one that it writes. */
  private boolean writesWithLikeliest(CompletionRequests requests, ServedTokenizer tokenizer) {
    return works(
        () -> {
          CompletionChunk written =
              CompletionChunk.of(
                  client.complete(
                      requests.drawn(prompt(tokenizer), 1, Sampling.GREEDY, 0, Told.LIKELIEST)));
          return written.tokens().size() == 1 && written.likeliest().size() == 1;
        });
  }

  /** Whether a bias on a token makes the server write that one. */
  private boolean biases(CompletionRequests requests, ServedTokenizer tokenizer) {
    int[] wanted = tokenizer.tokenize("=");
    if (wanted.length != 1) {
      return false;
    }
    CompletionCreateParams request = requests.biased(prompt(tokenizer), wanted[0]);
    return works(
        () ->
            CompletionChunk.of(client.complete(request)).tokens().stream()
                .allMatch(written -> written.id() == wanted[0]));
  }

  private static Prompt prompt(ServedTokenizer tokenizer) {
    int[] ids = tokenizer.tokenize(TEXT);
    return CompletionRequests.ofIds(ids, ids.length);
  }

  private static boolean has(Use use, BooleanSupplier seen) {
    return use != Use.NEVER && seen.getAsBoolean();
  }

  /** Whether a request is answered as hoped; a refusal says that it is not. */
  private static boolean works(BooleanSupplier request) {
    try {
      return request.getAsBoolean();
    } catch (ModelException e) {
      if (ServerErrors.meansRefused(e)) {
        return false;
      }
      throw e;
    }
  }

  private void require(String what, Use use, boolean seen) {
    if (use == Use.ALWAYS && !seen) {
      throw new ModelException(
          Kind.NOT_LOADABLE, options.name() + " lacks " + what + ", which the settings ask for");
    }
  }

  private static int contextLength(@Nullable JsonNode card) {
    if (card == null) {
      return 0;
    }
    int vllm = card.path("max_model_len").asInt(0);
    int llama = card.path("meta").path("n_ctx").asInt(0);
    return vllm > 0 ? vllm : llama > 0 ? llama : card.path("meta").path("n_ctx_train").asInt(0);
  }

  private static @Nullable String template(@Nullable JsonNode properties) {
    String template = properties == null ? "" : properties.path("chat_template").asText("");
    return template.isEmpty() ? null : template;
  }
}
