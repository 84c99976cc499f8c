package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pair's tags in the vocabulary of one model: single tokens, several, or text. */
final class TagTokens {

  private static final int[] NO_IDS = {};

  private final TagSpelling spelling;
  private final @Nullable Tokenizer tokenizer;
  private final int[] openIds;
  private final int[] closeIds;

  TagTokens(LanguageModel model, TagSpelling spelling) {
    this.spelling = spelling;
    this.tokenizer = model.tokenizer();
    this.openIds = tokenizer == null ? NO_IDS : tokenizer.tokenizeWithControl(spelling.open());
    this.closeIds = tokenizer == null ? NO_IDS : tokenizer.tokenizeWithControl(spelling.close());
  }

  TagSpelling spelling() {
    return spelling;
  }

  /** Whether each tag is one special token, so that ids tell tags from text. */
  boolean single() {
    return openIds.length == 1 && closeIds.length == 1;
  }

  /** Which tag a single token is; null if it is none. */
  TagEvent.@Nullable Kind kindOf(int id) {
    if (!single()) {
      return null;
    }
    return id == openIds[0] ? TagEvent.Kind.OPEN : id == closeIds[0] ? TagEvent.Kind.CLOSE : null;
  }

  /** Sampling under which neither tag is drawn, as far as a bias on single tokens can do that. */
  Sampling withoutTags(Sampling sampling) {
    return single() ? sampling.forbidding(openIds[0]).forbidding(closeIds[0]) : sampling;
  }

  /**
   * Sampling under which the open tag may be drawn, with a bias if it is a single token; a stray
   * close tag may not.
   */
  Sampling withOpenTag(Sampling sampling, double bias) {
    if (!single()) {
      return sampling;
    }
    Sampling biased = bias == 0 ? sampling : sampling.plusBias(openIds[0], (float) bias);
    return biased.forbidding(closeIds[0]);
  }

  /**
   * What a bias above 0 is to an open tag of several tokens: where it brings the first, the tag is
   * written whole, since the first alone begins other text as well. Null for none.
   */
  @Nullable Nudge nudge(double bias) {
    return single() || bias <= 0 || openIds.length == 0
        ? null
        : new Nudge(openIds[0], (float) bias);
  }

  /**
   * Sampling under which the open tag may not be drawn; for a reader that decides whether to close.
   */
  Sampling withCloseTag(Sampling sampling) {
    return single() ? sampling.forbidding(openIds[0]) : sampling;
  }

  /** A tag in tokens; one of text only if the model tells no ids. */
  List<Token> tokens(TagEvent.Kind kind) {
    boolean open = kind == TagEvent.Kind.OPEN;
    return tokenizer == null
        ? List.of(Token.ofText(open ? spelling.open() : spelling.close()))
        : Arrays.stream(open ? openIds : closeIds).mapToObj(tokenizer::token).toList();
  }
}
