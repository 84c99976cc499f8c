package dev.splitreason.simulator.outline;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.util.List;

/**
 * The shape of one answer.
 *
 * @param promptTokens tokens of the prompt, the same for both models
 * @param turns who writes how much, in order
 */
public record Outline(int promptTokens, List<OutlineTurn> turns) {

  public Outline {
    turns = List.copyOf(turns);
    if (promptTokens < 1) {
      throw new UserMistake("a prompt has at least 1 token, not " + promptTokens);
    }
    if (turns.stream().mapToInt(OutlineTurn::text).sum() < 1) {
      throw new UserMistake("an answer has at least 1 token of text");
    }
  }

  /**
   * The outline of a recorded answer that has text. A trace does not tell the length of its prompt;
   * it is what the writer prefilled beyond the other model's kept tokens, which counts tokens of
   * spans that were read and dropped as the prompt's. Each tag counts as one token.
   */
  public static Outline of(Trace trace) {
    Usage usage = trace.usage();
    int prompt =
        usage.smallPrefilled() == 0
            ? usage.largePrefilled() - usage.smallTokens()
            : usage.smallPrefilled() - usage.largeTokens();
    return new Outline(
        Math.max(1, prompt),
        trace.segments().stream()
            .map(segment -> OutlineTurn.of(segment, trace.spans().tags()))
            .toList());
  }

  /** Tokens kept, tags included. */
  public int tokens() {
    return turns.stream().mapToInt(OutlineTurn::tokens).sum();
  }

  /** Tokens of the answer's text: what a model alone would write. */
  public int text() {
    return turns.stream().mapToInt(OutlineTurn::text).sum();
  }

  /** The large model's tokens over all tokens kept, of all these answers. */
  public static double offloadRatio(List<Outline> outlines) {
    long large = outlines.stream().mapToLong(outline -> outline.tokens(Author.LARGE)).sum();
    return (double) large / outlines.stream().mapToLong(Outline::tokens).sum();
  }

  /** Tokens kept of one author, tags included. */
  public int tokens(Author author) {
    return turns.stream()
        .filter(turn -> turn.author() == author)
        .mapToInt(OutlineTurn::tokens)
        .sum();
  }

  /**
   * Tokens of a turn that its author decodes: all but the close tag at its beginning, which the
   * probe of the span before has drawn.
   */
  public int decoded(int index) {
    OutlineTurn turn = turns.get(index);
    boolean closes = index > 0 && turn.tags() > 0;
    return turn.tokens() - (closes ? 1 : 0);
  }

  /** Whether the answer ends with this turn. */
  public boolean endsWith(int index) {
    return index == turns.size() - 1;
  }
}
