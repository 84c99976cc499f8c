package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The weighted sum of rewards: {@code Σ weight · reward}.
 *
 * @param terms with names of their own, at least one
 */
public record RewardSum(List<Term> terms) {

  /**
   * A reward in the sum.
   *
   * @param name what metrics call it
   * @param weight finite; 0 to measure it only
   * @param reward tells what an answer is worth
   */
  public record Term(String name, double weight, Reward reward) {
    public Term {
      if (!Double.isFinite(weight)) {
        throw new UserMistake(
            "the weight of the reward '" + name + "' must be finite, not " + weight);
      }
    }
  }

  /**
   * What an answer is worth.
   *
   * @param total the weighted sum
   * @param parts each reward by its name, before its weight, in the order of the terms
   */
  public record Score(double total, SequencedMap<String, Double> parts) {
    public Score {
      parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
    }
  }

  public RewardSum {
    terms = List.copyOf(terms);
    Set<String> names = terms.stream().map(Term::name).collect(Collectors.toSet());
    if (terms.isEmpty() || names.size() < terms.size()) {
      throw new UserMistake("a sum of rewards needs at least one, and each a name of its own");
    }
  }

  /** The rewards for answers that were sampled together, see {@link Reward#among}. */
  public RewardSum among(List<Completion> batch, UnaryOperator<double[]> overall) {
    return new RewardSum(
        terms.stream()
            .map(t -> new Term(t.name(), t.weight(), t.reward().among(batch, overall)))
            .toList());
  }

  /** Judges an answer. */
  public Score of(Completion completion) {
    double total = 0;
    SequencedMap<String, Double> parts = new LinkedHashMap<>();
    for (Term term : terms) {
      double value = term.reward().of(completion);
      if (!Double.isFinite(value)) {
        throw new IllegalStateException("the reward '" + term.name() + "' is " + value);
      }
      parts.put(term.name(), value);
      total += term.weight() * value;
    }
    return new Score(total, parts);
  }
}
