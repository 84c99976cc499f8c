package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.run.Contender;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two contenders that differ by their small model alone, or by the run that measured it: two states
 * of its training.
 *
 * @param first the one that is named first
 * @param second the other
 */
record CheckpointPair(Contender first, Contender second) {

  /** The first such two, or null. */
  static @Nullable CheckpointPair among(List<Contender> contenders) {
    for (Contender first : contenders) {
      for (Contender second : contenders.subList(contenders.indexOf(first), contenders.size())) {
        if (first.shared()
            && first.policy().equals(second.policy())
            && Objects.equals(first.large(), second.large())
            && !first.equals(second)) {
          return new CheckpointPair(first, second);
        }
      }
    }
    return null;
  }
}
