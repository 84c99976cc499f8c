package dev.splitreason.server.logprob;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.vocabulary.Exchange;
import dev.splitreason.core.vocabulary.Translation;
import dev.splitreason.server.error.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scores an answer as its models have read it: each reads its own prompt and the whole answer, as
 * the other's tokens are to it, and tells of the tokens that are its own.
 */
public final class AnswerScorer {

  private static final String FIELD = "logprobs";

  private final LanguageModel small;
  private final LanguageModel large;
  private final Policy policy;
  private final WantedLogprobs wanted;

  /**
   * A scorer.
   *
   * @param pair whose models write by this policy
   * @throws Refusal if one of them cannot tell what is wanted
   */
  public AnswerScorer(Pair pair, Policy policy, WantedLogprobs wanted) {
    this.small = policy.usesTags() ? pair.small() : pair.untagged();
    this.large = pair.large();
    this.policy = policy;
    this.wanted = wanted;
    if (smallWrites()) {
      requireScoring(small);
    }
    if (largeWrites()) {
      requireScoring(large);
    }
    boolean both = smallWrites() && largeWrites();
    if (both && !Exchange.between(small.tokenizer(), large.tokenizer()).byIds()) {
      throw unsupported(
          FIELD, "it needs two models that exchange token ids, and those of this pair do not");
    }
  }

  private boolean smallWrites() {
    return !(policy instanceof Policy.LargeOnly);
  }

  private boolean largeWrites() {
    return !(policy instanceof Policy.SmallOnly);
  }

  private void requireScoring(LanguageModel model) {
    Tokenizer tokenizer = model.tokenizer();
    if (!model.capabilities().scoring() || tokenizer == null) {
      throw unsupported(FIELD, "the model " + model.info().name() + " does not tell them");
    }
    if (wanted.top() > 0 && !tokenizer.listed()) {
      throw unsupported(
          "top_logprobs",
          "the model " + model.info().name() + " tells those of written tokens only");
    }
  }

  private static Refusal unsupported(String field, String why) {
    return Refusal.of(Refusal.Kind.UNSUPPORTED, field, "the field '" + field + "': " + why);
  }

  /**
   * The prompt's tokens, as the model reads it that writes first.
   *
   * @param hidden so many tokens at its beginning are not the client's, and not told
   */
  public List<ScoredToken> prompt(Prompt prompt, int hidden) throws InterruptedException {
    LanguageModel first = smallWrites() ? small : large;
    int[] ids = tokens(first, prompt);
    try (var scorer = new TokenScorer(first, wanted.top())) {
      if (hidden > 0) {
        scorer.read(Arrays.copyOf(ids, hidden));
      }
      return scorer.score(Arrays.copyOfRange(ids, hidden, ids.length));
    }
  }

  /** The answer's tokens, in their order. */
  public List<ScoredToken> answer(Prompt smallPrompt, Prompt largePrompt, List<WrittenToken> answer)
      throws InterruptedException {
    Exchange exchange = Exchange.between(small.tokenizer(), large.tokenizer());
    @Nullable ScoredToken[] scored = new ScoredToken[answer.size()];
    score(Author.SMALL, small, smallPrompt, exchange.otherToOne(), answer, scored);
    score(Author.LARGE, large, largePrompt, exchange.oneToOther(), answer, scored);
    List<ScoredToken> whole = new ArrayList<>();
    for (ScoredToken token : scored) {
      whole.add(Objects.requireNonNull(token, "every token has an author"));
    }
    return whole;
  }

  private void score(
      Author author,
      LanguageModel model,
      Prompt prompt,
      Translation incoming,
      List<WrittenToken> answer,
      @Nullable ScoredToken[] scored)
      throws InterruptedException {
    int last = lastOf(author, answer);
    if (last < 0) {
      return;
    }
    try (var scorer = new TokenScorer(model, wanted.top())) {
      scorer.read(tokens(model, prompt));
      int next = 0;
      while (next <= last) {
        int from = next;
        boolean own = answer.get(from).author() == author;
        while (next <= last && (answer.get(next).author() == author) == own) {
          next++;
        }
        List<WrittenToken> run = answer.subList(from, next);
        if (own) {
          List<ScoredToken> told =
              scorer.score(run.stream().mapToInt(written -> written.token().id()).toArray());
          for (int i = 0; i < told.size(); i++) {
            scored[from + i] = told.get(i);
          }
        } else {
          scorer.read(asRead(author, run, incoming));
        }
      }
    }
  }

  private static int lastOf(Author author, List<WrittenToken> answer) {
    int last = answer.size() - 1;
    while (last >= 0 && answer.get(last).author() != author) {
      last--;
    }
    return last;
  }

  /** What the other model wrote, in the tokens of the one that reads it. */
  private static int[] asRead(Author reader, List<WrittenToken> run, Translation incoming) {
    return run.stream()
        .filter(written -> reader == Author.SMALL || !written.tag())
        .map(written -> Objects.requireNonNull(incoming.ids(written.token()), "exchanged by ids"))
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  private static int[] tokens(LanguageModel model, Prompt prompt) {
    return Objects.requireNonNull(model.tokenizer(), "asked for before").tokens(prompt);
  }
}
