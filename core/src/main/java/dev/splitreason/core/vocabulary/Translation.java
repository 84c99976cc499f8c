package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens that one model writes are to another: a control token is the other's control
 * token of the same spelling, a text token its text token, or text. What ends a turn is nothing to
 * it: the answer goes on there.
 */
public final class Translation {

  private static final int[] NOTHING = {};

  /** As the families spell it, for vocabularies that do not tell what their control tokens do. */
  private static final Set<String> TURN_ENDS =
      Set.of(
          "<|im_end|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|end|>",
          "<|return|>",
          "<|EOT|>",
          "</s>",
          "<eos>",
          "<end_of_turn>",
          "<｜end▁of▁sentence｜>",
          "[EOS]");

  private final @Nullable Tokenizer from;
  private final @Nullable Tokenizer to;
  private final int @Nullable [] ids;
  private final boolean byIds;

  /**
   * A translation.
   *
   * @param ids the other's text tokens by the one's; null if all are the same, or text is exchanged
   */
  Translation(
      @Nullable Tokenizer from, @Nullable Tokenizer to, boolean byIds, int @Nullable [] ids) {
    this.from = from;
    this.to = to;
    this.byIds = byIds;
    this.ids = ids;
  }

  /**
   * The ids that stand for a token wherever it is written, possibly none; null if it is text, to be
   * tokenised together with the text beside it.
   */
  public int @Nullable [] ids(Token token) {
    Tokenizer writer = from;
    if (writer == null || token.id() == Token.UNKNOWN_ID) {
      return null;
    }
    if (writer.equals(to)) {
      return new int[] {token.id()};
    }
    if (writer.kind(token.id()) != TokenKind.TEXT) {
      return control(writer, token);
    }
    return byIds && to != null ? text(to, token) : null;
  }

  private int @Nullable [] control(Tokenizer writer, Token token) {
    String spelling = token.text();
    if (writer.endsText(token.id()) || TURN_ENDS.contains(spelling)) {
      return NOTHING;
    }
    if (to == null) {
      return null;
    }
    Integer same = to.idOf(spelling);
    if (same == null || to.kind(same) != TokenKind.CONTROL) {
      return byIds ? to.tokenize(spelling) : null;
    }
    return to.endsText(same) ? NOTHING : new int[] {same};
  }

  private int[] text(Tokenizer reader, Token token) {
    int[] map = ids;
    int same = map == null ? token.id() : map[token.id()];
    return same == TokenMap.NONE ? reader.tokenize(token.text()) : new int[] {same};
  }
}
