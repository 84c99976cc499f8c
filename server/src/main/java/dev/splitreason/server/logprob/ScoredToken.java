package dev.splitreason.server.logprob;

import dev.splitreason.core.model.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token at its place, and how likely it is there.
 *
 * @param logprob null for one that has nothing before it
 * @param top the likeliest tokens there, likeliest first
 */
public record ScoredToken(Token token, @Nullable Double logprob, List<Likely> top) {

  /** A token that could stand at a place. */
  public record Likely(Token token, double logprob) {}
}
