package dev.splitreason.cli.eval;

import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pair and what is to be measured with it.
 *
 * @param pair whose models are opened together
 * @param contenders with their policies, in order; none is another pair's too
 */
record PlannedPair(PairSettings pair, Map<Contender, PolicyChoice> contenders) {

  /** Every policy with every pair; a policy that lets one model write is measured once with it. */
  static List<PlannedPair> of(List<PairSettings> pairs, List<PolicyChoice> policies) {
    Set<Contender> planned = new HashSet<>();
    List<PlannedPair> plan = new ArrayList<>();
    for (PairSettings pair : pairs) {
      Map<Contender, PolicyChoice> contenders = new LinkedHashMap<>();
      for (PolicyChoice policy : policies) {
        Contender contender = contender(policy, pair);
        if (planned.add(contender)) {
          contenders.put(contender, policy);
        }
      }
      plan.add(new PlannedPair(pair, contenders));
    }
    return plan;
  }

  /** Those of the pair's models that write for a contender. */
  List<ModelSettings> writers() {
    Set<String> names = new HashSet<>();
    for (Contender contender : contenders.keySet()) {
      Stream.of(contender.small(), contender.large()).filter(Objects::nonNull).forEach(names::add);
    }
    return Stream.of(pair.small(), pair.base(), pair.large())
        .filter(Objects::nonNull)
        .filter(model -> names.contains(model.name()))
        .toList();
  }

  /** A policy with the models of a pair. */
  static Contender contender(PolicyChoice policy, PairSettings pair) {
    ModelSettings base = pair.base();
    return Contender.of(
        policy, pair.small().name(), pair.large().name(), base == null ? null : base.name());
  }
}
