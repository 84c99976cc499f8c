package dev.splitreason.training.reward;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer, as rewards see it.
 *
 * @param reference the reference answer of its problem
 * @param text the whole response, tags included, without the prompt
 * @param ended whether a model ended it, rather than its token budget
 * @param promptTokens the prompt's length
 * @param turns who wrote how much, in order; tokens inside a span count as the large model's, even
 *     where the small one filled the span itself
 */
public record Completion(
    String reference, String text, boolean ended, int promptTokens, List<OutlineTurn> turns) {

  public Completion {
    turns = List.copyOf(turns);
  }

  /** Tokens kept, tags included. */
  public int tokens() {
    return turns.stream().mapToInt(OutlineTurn::tokens).sum();
  }

  /** Large tokens over all tokens; 0 for an empty answer. */
  public double offloadRatio() {
    int tokens = tokens();
    int large =
        turns.stream()
            .filter(turn -> turn.author() == Author.LARGE)
            .mapToInt(OutlineTurn::tokens)
            .sum();
    return tokens == 0 ? 0 : (double) large / tokens;
  }

  /** The answer as the simulator takes it; null if it has no text. */
  @Nullable Outline outline() {
    return turns.stream().mapToInt(OutlineTurn::text).sum() < 1
        ? null
        : new Outline(promptTokens, turns);
  }
}
