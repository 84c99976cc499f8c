package dev.splitreason.pairs.open;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.engine.openai.OpenAiOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a pair is opened for: decides which of its models are needed, and how they share the cores.
 *
 * @param policies by which it will answer, at least one
 * @param sideBySide whether the small and the large model will compute at the same time
 * @param cores CPU threads for all models together; 0 for one a core
 * @param answersAtOnce the most answers under way at once
 * @param connectLimit the longest time to connect to a served model
 */
public record Workload(
    Set<Policy> policies, boolean sideBySide, int cores, int answersAtOnce, Duration connectLimit) {

  /** An answer takes one sequence of a model, and a fork of it to look ahead. */
  private static final int SESSIONS_OF_AN_ANSWER = 2;

  /** Policies that need every model there is. */
  private static final List<Policy> ANY = List.of(new Policy.Learned(), new Policy.SmallOnly());

  /** Whatever is asked, on all cores, with up to 8 answers at once. */
  public static final Workload DEFAULT = new Workload(Set.copyOf(ANY), true, 0, 8);

  /** Work that waits as long as usual for servers. */
  public Workload(Set<Policy> policies, boolean sideBySide, int cores, int answersAtOnce) {
    this(policies, sideBySide, cores, answersAtOnce, OpenAiOptions.DEFAULT_CONNECT_LIMIT);
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
  public static Workload oneAnswer(Policy policy, boolean sideBySide, int cores) {
    return new Workload(Set.of(policy), sideBySide, cores, 1);
  }

  /** The same work by these policies only, so that a model which none of them needs stays away. */
  public Workload by(Collection<Policy> policies) {
    return new Workload(Set.copyOf(policies), sideBySide, cores, answersAtOnce, connectLimit);
  }

  /** The same work on other cores. */
  public Workload onCores(int cores) {
    return new Workload(policies, sideBySide, cores, answersAtOnce, connectLimit);
  }

  /** The same work with more or fewer answers at once. */
  public Workload ofAnswersAtOnce(int answersAtOnce) {
    return new Workload(policies, sideBySide, cores, answersAtOnce, connectLimit);
  }

  /** The same work, connected to its servers within a time, if that is shorter. */
  public Workload connectedWithin(Duration limit) {
    return limit.compareTo(connectLimit) < 0
        ? new Workload(policies, sideBySide, cores, answersAtOnce, limit)
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

  /** How the small and the large side share the cores. */
  ThreadShares shares() {
    int all = cores == 0 ? Runtime.getRuntime().availableProcessors() : cores;
    boolean both = usesLarge() && (usesTags() || writesUntagged());
    return both && sideBySide ? ThreadShares.sideBySide(all) : ThreadShares.inTurn(all);
  }

  /** Sessions that a model needs. */
  int sessions() {
    return SESSIONS_OF_AN_ANSWER * answersAtOnce;
  }
}
