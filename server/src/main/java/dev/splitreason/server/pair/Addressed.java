package dev.splitreason.server.pair;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.SplitOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a model's name means: a pair, and who writes when.
 *
 * @param name as the client wrote it
 * @param policy null for the pair's usual one
 * @param maxOffloadRatio null for the usual one
 */
public record Addressed(
    String name, ServedPair pair, @Nullable Policy policy, @Nullable Double maxOffloadRatio) {

  /** What tools that know only {@code NAME:TAG} write when they mean the model itself. */
  private static final String LATEST = "latest";

  private static final String CAP = "max-";

  /** What may come after the pair's name: policies as the command spells them, with a hyphen. */
  static final String CHOICES =
      "small, large, learned, random-P, entropy-T, glimpse-T, cues, judged-T, route-T or max-R";

  /** The pair as it usually answers. */
  static Addressed usual(String name, ServedPair pair) {
    return new Addressed(name, pair, null, null);
  }

  /**
   * The pair with a policy.
   *
   * @param choice one of {@link #CHOICES}
   * @throws UserMistake if it is none of them
   */
  static Addressed chosen(String name, ServedPair pair, String choice) {
    String lower = choice.toLowerCase(Locale.ROOT);
    if (lower.equals(LATEST)) {
      return usual(name, pair);
    }
    if (lower.startsWith(CAP)) {
      return new Addressed(name, pair, null, ratio(lower.substring(CAP.length())));
    }
    return new Addressed(name, pair, Policy.parse(lower.replace('-', ':')), null);
  }

  /** How the pair answers by this name unless the request says otherwise. */
  public SplitOptions options() {
    SplitOptions options = pair.options();
    if (policy != null) {
      // A cap that is meant for tags is not what a policy without any was chosen for.
      boolean all = policy instanceof Policy.LargeOnly;
      double cap = all ? 1 : options.maxOffloadRatio();
      int budget = all ? Integer.MAX_VALUE : options.largeBudget();
      double bias = policy.usesTags() ? options.offloadBias() : 0;
      options =
          options
              .withPolicy(policy)
              .withMaxOffloadRatio(cap)
              .withLargeBudget(budget)
              .withOffloadBias(bias);
    }
    return maxOffloadRatio == null ? options : options.withMaxOffloadRatio(maxOffloadRatio);
  }

  private static double ratio(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UserMistake("'" + text + "' is no offload ratio", e);
    }
  }
}
