package dev.splitreason.core.split;

import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.trace.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended.
 *
 * @param last what the policy is told of it
 * @param finish why the whole answer ends with it; null if it goes on
 */
record TurnEnd(LastEnd last, @Nullable FinishReason finish) {

  /** The answer goes on. */
  static TurnEnd at(LastEnd last) {
    return new TurnEnd(last, null);
  }

  /** The answer ends. */
  static TurnEnd of(FinishReason finish) {
    return new TurnEnd(LastEnd.LIMIT, finish);
  }
}
