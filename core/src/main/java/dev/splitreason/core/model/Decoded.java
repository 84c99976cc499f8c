package dev.splitreason.core.model;

import java.util.List;

/**
 * What one decode wrote.
 *
 * @param tokens the tokens appended, in order; without the one that ended the text
 * @param end why it ended
 */
public record Decoded(List<Token> tokens, End end) {

  /** Why a decode ended. */
  public enum End {
    /** The model ended the text. */
    END_OF_TEXT,
    /** The stop condition said so. */
    STOPPED,
    /** The token budget is used up. */
    MAX_TOKENS,
    /** The next-token distribution's entropy is above the request's limit. */
    UNCERTAIN,
    /** The request's {@link Nudge} brings a token that would not have come without it. */
    NUDGED,
    /** The session holds as many tokens as the model's context does. */
    CONTEXT_FULL
  }

  public Decoded {
    tokens = List.copyOf(tokens);
  }
}
