package dev.splitreason.core.model;

import dev.splitreason.core.prompt.Prompt;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A model's vocabulary: text to token ids and back. Thread-safe. */
public interface Tokenizer {

  /**
   * The ids of ordinary text. Spellings of control tokens in it are split like any other text, so a
   * user's words cannot smuggle control tokens into a prompt. No begin-of-sequence token is added,
   * no leading space either.
   */
  int[] tokenize(String text);

  /**
   * The ids of trusted text, such as a template's scaffold: spellings of control tokens become
   * those tokens.
   */
  int[] tokenizeWithControl(String text);

  /** The ids of a prompt: spellings of control tokens are those tokens in its scaffold only. */
  default int[] tokens(Prompt prompt) {
    int[] given = prompt.ids();
    return given == null
        ? prompt.parts().stream().flatMapToInt(part -> Arrays.stream(tokens(part))).toArray()
        : given;
  }

  /**
   * What texts of this vocabulary begin with that no template has made: the spelling of its
   * begin-of-sequence token, or nothing.
   */
  default String textStart() {
    return "";
  }

  /** The ids of a part of a prompt. */
  default int[] tokens(Prompt.Part part) {
    return part.scaffold() ? tokenizeWithControl(part.text()) : tokenize(part.text());
  }

  /**
   * The UTF-8 bytes of a token (possibly an incomplete character); a control token's spelling. Not
   * to be modified.
   */
  byte[] bytes(int id);

  /**
   * The id of the one token, control or not, that is spelled so, or null if {@code text} is not a
   * single token.
   */
  default @Nullable Integer idOf(String text) {
    int[] ids = tokenizeWithControl(text);
    return ids.length == 1 ? ids[0] : null;
  }

  /** Whether drawing this token ends the text. */
  boolean endsText(int id);

  /** The number of tokens in the vocabulary; ids run from 0 to size - 1. */
  int size();

  /** What this id is for. */
  TokenKind kind(int id);

  /**
   * Whether bytes and kinds of all ids are known here. Without, as of a server, a token is known
   * when it was seen, and asking for another one is a request.
   */
  default boolean listed() {
    return true;
  }

  /** The token with this id. */
  default Token token(int id) {
    return new Token(id, bytes(id));
  }
}
