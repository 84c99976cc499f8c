package dev.splitreason.training.rollout;

import dev.splitreason.core.trace.Author;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.reward.Completion;
import java.util.List;

/**
 * One sampled answer to learn from.
 *
 * @param problem what was asked
 * @param tokens as the small model sees them: its prompt, then everything kept, tags included, and
 *     last the token that ended the text if the small model drew it
 * @param promptTokens how many of them are the prompt
 * @param authors who wrote each token after the prompt; tags are the small model's, even where a
 *     span's cap closed it
 * @param actions the small model's decisions, in order of their place; everything else is context
 * @param completion the answer as rewards see it
 */
public record Rollout(
    Problem problem,
    int[] tokens,
    int promptTokens,
    List<Author> authors,
    List<Action> actions,
    Completion completion) {

  public Rollout {
    authors = List.copyOf(authors);
    actions = List.copyOf(actions);
    if (authors.size() != tokens.length - promptTokens) {
      throw new IllegalArgumentException(
          "%d authors for %d tokens after the prompt"
              .formatted(authors.size(), tokens.length - promptTokens));
    }
  }
}
