package dev.splitreason.simulator.answer;

import dev.splitreason.core.error.UserMistake;
import java.util.Locale;

/** How the small model is asked whether it would close a span. */
public sealed interface SpanProbe {

  /** One forward pass over the new tokens tells it for every position at once. */
  record OnePass() implements SpanProbe {}

  /**
   * For every prefix, one after another, the small model writes a continuation in which the close
   * tag is looked for: what the code published with arXiv 2504.16379 does, with 8 tokens.
   */
  record Continuations(int tokens) implements SpanProbe {
    public Continuations {
      if (tokens < 1) {
        throw new UserMistake("a continuation has at least 1 token, not " + tokens);
      }
    }
  }

  /**
   * Reads {@code pass} or {@code continuation:TOKENS}.
   *
   * @throws UserMistake with a one-line message, if it is neither
   */
  static SpanProbe parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    if (parts[0].equals("pass") && parts.length == 1) {
      return new OnePass();
    }
    try {
      if (parts[0].equals("continuation") && parts.length == 2) {
        return new Continuations(Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      // told below, like every other text that is no probe
    }
    throw new UserMistake("unknown probe '" + text + "'", "use pass or continuation:TOKENS");
  }
}
