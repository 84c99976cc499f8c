package dev.splitreason.server.openai;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.split.Pair;
import dev.splitreason.server.answer.RawPrompt;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Body;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.pair.Addressed;
import dev.splitreason.server.pair.ServedPairs;
import dev.splitreason.server.request.ChatFields;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /tokenize} and {@code /detokenize}, as vLLM has them. */
public final class TokenRoutes {

  private final ServedPairs pairs;

  /** Routes to the vocabularies of these pairs. */
  public TokenRoutes(ServedPairs pairs) {
    this.pairs = pairs;
  }

  /**
   * What to tokenize: a prompt, or else messages.
   *
   * @param addSpecialTokens whether the prompt gets what texts begin with; true unless said
   * @param returnTokenStrs whether the tokens' texts are told too
   */
  private record TokenizeFields(
      @Nullable String model,
      @Nullable String prompt,
      @Nullable Boolean addSpecialTokens,
      @Nullable Boolean returnTokenStrs) {}

  private record DetokenizeFields(@Nullable String model, int @Nullable [] tokens) {}

  private record Tokenized(
      int count, int maxModelLen, int[] tokens, @Nullable List<String> tokenStrs) {}

  private record Detokenized(String prompt) {}

  /** {@code POST /tokenize}. */
  public void tokenize(ServerRequest request, ServerResponse response) {
    Body body = Body.of(request);
    TokenizeFields fields = body.as(TokenizeFields.class);
    Addressed model = named(fields.model());
    Side side = Side.of(model);
    Tokenizer tokenizer = side.tokenizer();
    int[] ids;
    if (fields.prompt() == null) {
      ids = tokenizer.tokens(side.render(body.as(ChatFields.class)));
    } else {
      boolean special = fields.addSpecialTokens() == null || fields.addSpecialTokens();
      String start = special ? tokenizer.textStart() : "";
      String text = fields.prompt().startsWith(start) ? fields.prompt() : start + fields.prompt();
      ids = tokenizer.tokenizeWithControl(text);
    }
    boolean texts = fields.returnTokenStrs() != null && fields.returnTokenStrs();
    Reply.json(
        response,
        new Tokenized(
            ids.length,
            side.model().info().contextLength(),
            ids,
            texts ? Arrays.stream(ids).mapToObj(id -> tokenizer.token(id).text()).toList() : null));
  }

  /** {@code POST /detokenize}. */
  public void detokenize(ServerRequest request, ServerResponse response) {
    DetokenizeFields fields = Body.of(request).as(DetokenizeFields.class);
    if (fields.tokens() == null) {
      throw Refusal.invalid("tokens", "tokens must be a list of token ids");
    }
    LanguageModel model = Side.of(named(fields.model())).model();
    Reply.json(response, new Detokenized(RawPrompt.ofIds(fields.tokens(), model, "tokens").text()));
  }

  private Addressed named(@Nullable String model) {
    return pairs.named(model == null ? pairs.all().iterator().next().name() : model);
  }

  /** The model of a pair that writes first, and how it is asked. */
  private record Side(Pair pair, Policy policy) {

    static Side of(Addressed model) {
      return new Side(model.pair().open().pair(), model.options().policy());
    }

    LanguageModel model() {
      return policy instanceof Policy.LargeOnly ? pair.large() : pair.small();
    }

    Tokenizer tokenizer() {
      Tokenizer tokenizer = model().tokenizer();
      if (tokenizer == null) {
        throw Refusal.of(
            Refusal.Kind.UNSUPPORTED, "model", "the server of this model does not tell its tokens");
      }
      return tokenizer;
    }

    Prompt render(ChatFields chat) {
      var template =
          policy instanceof Policy.LargeOnly ? pair.largeTemplate() : pair.smallTemplate();
      return template.render(chat.conversation(), policy.usesTags());
    }
  }
}
