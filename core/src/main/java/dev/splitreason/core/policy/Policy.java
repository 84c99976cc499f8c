package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import java.util.Locale;

/** Who writes when: the rule by which the two models of a pair take turns. */
public sealed interface Policy
    permits Policy.Learned,
        Policy.SmallOnly,
        Policy.LargeOnly,
        Policy.RandomSwitching,
        Policy.Entropy,
        FirstTokenEntropy,
        ReflectionCues,
        StepScoring,
        QuestionRouting {

  /** What {@link #parse} reads, for texts that list it. */
  String FORMS =
      "learned, small, large, random:P, random:P:CHUNK, entropy:T, glimpse:T, cues,"
          + " cues:WORD|WORD, judged:T, route:T or route:T:TOKENS";

  /**
   * The small model opens and closes spans with the tags it learned to place (arXiv 2504.16379).
   */
  record Learned() implements Policy {
    @Override
    public String label() {
      return "learned";
    }
  }

  /** The (base) small model writes everything. */
  record SmallOnly() implements Policy {
    @Override
    public String label() {
      return "small";
    }
  }

  /** The large model writes everything. */
  record LargeOnly() implements Policy {
    @Override
    public String label() {
      return "large";
    }
  }

  /**
   * Each chunk of tokens is the large model's with a fixed probability, whatever the text: the
   * paper's random switching.
   *
   * @param probability of the large model, 0 … 1
   * @param chunk tokens a decision holds for, at least 1
   */
  record RandomSwitching(double probability, int chunk) implements Policy {
    public RandomSwitching {
      if (!(probability >= 0 && probability <= 1)) {
        throw new UserMistake("random switching needs a probability in 0 … 1, not " + probability);
      }
      if (chunk < 1) {
        throw new UserMistake("random switching needs a chunk of at least 1 token, not " + chunk);
      }
    }

    @Override
    public String label() {
      return "random:" + probability + (chunk == 1 ? "" : ":" + chunk);
    }
  }

  /**
   * The large model writes as long as the (base) small model's next-token entropy is above a
   * threshold: offloading without learning.
   *
   * @param threshold in nats, finite and not negative
   */
  record Entropy(double threshold) implements Policy {
    public Entropy {
      if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
        throw new UserMistake(
            "the entropy policy needs a finite threshold of at least 0 nats, not " + threshold);
      }
    }

    @Override
    public String label() {
      return "entropy:" + threshold;
    }

    @Override
    public Needs needs() {
      return new Needs(true, true, false);
    }
  }

  /**
   * Whether the policy follows the tags of a trained small model; the others run on the base model.
   */
  default boolean usesTags() {
    return this instanceof Learned;
  }

  /**
   * Reads one of {@link #FORMS}.
   *
   * @throws UserMistake with a one-line message, if it is none of them
   */
  static Policy parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    return switch (parts[0] + "/" + parts.length) {
      case "learned/1" -> new Learned();
      case "small/1" -> new SmallOnly();
      case "large/1" -> new LargeOnly();
      case "random/2" -> new RandomSwitching(number(text, parts[1]), 1);
      case "random/3" -> new RandomSwitching(number(text, parts[1]), whole(text, parts[2]));
      case "entropy/2" -> new Entropy(number(text, parts[1]));
      case FirstTokenEntropy.NAME + "/2" -> new FirstTokenEntropy(number(text, parts[1]));
      case ReflectionCues.NAME + "/1" -> ReflectionCues.USUAL;
      case ReflectionCues.NAME + "/2" -> ReflectionCues.parse(parts[1]);
      case StepScoring.NAME + "/2" -> new StepScoring(number(text, parts[1]));
      case QuestionRouting.NAME + "/2" ->
          new QuestionRouting(number(text, parts[1]), QuestionRouting.USUAL_TOKENS);
      case QuestionRouting.NAME + "/3" ->
          new QuestionRouting(number(text, parts[1]), whole(text, parts[2]));
      default -> throw new UserMistake("unknown policy '" + text + "'", "use " + FORMS);
    };
  }

  /** The policy as {@link #parse} reads it. */
  String label();

  /** What the models must be able to do beyond writing. */
  default Needs needs() {
    return Needs.NOTHING;
  }

  private static double number(String policy, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UserMistake("'" + text + "' in policy '" + policy + "' is no number");
    }
  }

  private static int whole(String policy, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UserMistake(
          "'" + text + "' in policy '" + policy + "' is no whole number of tokens");
    }
  }
}
