package dev.splitreason.pairs.open;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.engine.openai.OpenAiOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a pair is opened for: decides which of its models are needed, and what they may use.
 *
 * @param policies by which it will answer, at least one
 * @param cores CPU threads for all models together; 0 for one a core
 * @param answersAtOnce the most answers under way at once
 * @param answerTokens the most tokens of an answer, for which memory is planned; 0 if that is not
 *     known, and models hold what they hold by themselves
 * @param connectLimit the longest time to connect to a served model
 */
public record Workload(
    Set<Policy> policies, int cores, int answersAtOnce, int answerTokens, Duration connectLimit) {

  /** An answer takes one sequence of a model, and a fork of it to look ahead. */
  private static final int SESSIONS_OF_AN_ANSWER = 2;

  /** Policies that need every model there is. */
  private static final List<Policy> ANY = List.of(new Policy.Learned(), new Policy.SmallOnly());

  /** Whatever is asked, on all cores, with up to 8 answers at once. */
  public static final Workload DEFAULT = new Workload(Set.copyOf(ANY), 0, 8);

  /** Work that waits as long as usual for servers. */
  public Workload(Set<Policy> policies, int cores, int answersAtOnce) {
    this(policies, cores, answersAtOnce, 0, OpenAiOptions.DEFAULT_CONNECT_LIMIT);
  }

  public Workload {
    policies = Set.copyOf(policies);
    if (policies.isEmpty()) {
      throw new UserMistake("there is no policy to open models for");
    }
    if (cores < 0 || answersAtOnce < 1) {
      throw new UserMistake(
          "a pair is opened on at least 1 core for at least 1 answer, not "
              + cores
              + " and "
              + answersAtOnce);
    }
  }

  /** One answer at a time. */
  public static Workload oneAnswer(Policy policy, int cores) {
    return new Workload(Set.of(policy), cores, 1);
  }

  /** The same work by these policies only, so that a model which none of them needs stays away. */
  public Workload by(Collection<Policy> policies) {
    return new Workload(Set.copyOf(policies), cores, answersAtOnce, answerTokens, connectLimit);
  }

  /** The same work on other cores. */
  public Workload onCores(int cores) {
    return new Workload(policies, cores, answersAtOnce, answerTokens, connectLimit);
  }

  /** The same work with more or fewer answers at once. */
  public Workload ofAnswersAtOnce(int answersAtOnce) {
    return new Workload(policies, cores, answersAtOnce, answerTokens, connectLimit);
  }

  /**
   * The same work of answers that have so many tokens at most: memory is planned for as many of
   * them at once as it has room for.
   */
  public Workload ofAnswerTokens(int answerTokens) {
    return new Workload(policies, cores, answersAtOnce, answerTokens, connectLimit);
  }

  /** The same work, connected to its servers within a time, if that is shorter. */
  public Workload connectedWithin(Duration limit) {
    return limit.compareTo(connectLimit) < 0
        ? new Workload(policies, cores, answersAtOnce, answerTokens, limit)
        : this;
  }

  /** Whether the small model writes with its tags. */
  boolean usesTags() {
    return policies.stream().anyMatch(Policy::usesTags);
  }

  /** Whether the small model writes without tags. */
  boolean writesUntagged() {
    return policies.stream()
        .anyMatch(policy -> !policy.usesTags() && !(policy instanceof Policy.LargeOnly));
  }

  /** Whether the large model writes. */
  boolean usesLarge() {
    return policies.stream().anyMatch(policy -> !(policy instanceof Policy.SmallOnly));
  }

  /** Sessions that a model needs. */
  int sessions() {
    return SESSIONS_OF_AN_ANSWER * answersAtOnce;
  }
}
