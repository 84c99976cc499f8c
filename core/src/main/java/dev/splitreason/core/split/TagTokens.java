package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.Arrays;
import java.util.List;

/**
 * A pair's tags in the vocabulary of one model.
 *
 * @param spelling their text
 * @param openIds the open tag's token ids, one for a special token; empty if the model tells none
 * @param closeIds the close tag's token ids
 */
record TagTokens(TagSpelling spelling, int[] openIds, int[] closeIds) {

  static TagTokens of(LanguageModel model, TagSpelling spelling) {
    Tokenizer tokenizer = model.tokenizer();
    return tokenizer == null
        ? new TagTokens(spelling, new int[0], new int[0])
        : new TagTokens(
            spelling,
            tokenizer.tokenizeWithControl(spelling.open()),
            tokenizer.tokenizeWithControl(spelling.close()));
  }

  /** Whether each tag is one special token, so that ids tell tags from text. */
  boolean single() {
    return openIds.length == 1 && closeIds.length == 1;
  }

  boolean opens(Token token) {
    return single() && token.id() == openIds[0];
  }

  /** Whether a token is one of the tags. */
  boolean isTag(Token token) {
    return opens(token) || closes(token.id());
  }

  boolean closes(int id) {
    return single() && id == closeIds[0];
  }

  /** Sampling under which neither tag is drawn, as far as a bias on single tokens can do that. */
  Sampling withoutTags(Sampling sampling) {
    return single() ? sampling.forbidding(openIds[0]).forbidding(closeIds[0]) : sampling;
  }

  /** Sampling under which the open tag may be drawn, with a bias; a stray close tag may not. */
  Sampling withOpenTag(Sampling sampling, double bias) {
    Sampling biased =
        bias == 0 || openIds.length == 0 ? sampling : sampling.plusBias(openIds[0], (float) bias);
    return single() ? biased.forbidding(closeIds[0]) : biased;
  }

  /**
   * Sampling under which the open tag may not be drawn; for a reader that decides whether to close.
   */
  Sampling withCloseTag(Sampling sampling) {
    return single() ? sampling.forbidding(openIds[0]) : sampling;
  }

  /** A tag in tokens of a model; one of text only if the model tells no ids. */
  List<Token> tokens(LanguageModel model, TagEvent.Kind kind) {
    Tokenizer tokenizer = model.tokenizer();
    boolean open = kind == TagEvent.Kind.OPEN;
    return tokenizer == null
        ? List.of(Token.ofText(open ? spelling.open() : spelling.close()))
        : Arrays.stream(open ? openIds : closeIds).mapToObj(tokenizer::token).toList();
  }
}
