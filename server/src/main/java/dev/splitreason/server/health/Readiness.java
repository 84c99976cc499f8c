package dev.splitreason.server.health;

import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.pair.ServedPair;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a server is, by its pairs. One whose large model is away still answers, with the small one
 * alone, so it is ready and says so.
 *
 * @param status the worst of the pairs'
 * @param pairs by name
 */
public record Readiness(String status, Map<String, String> pairs) {

  /** From best to worst. */
  private enum State {
    OK,
    DEGRADED,
    UNREACHABLE,
    LOADING,
    ENDING;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a server of these pairs, which may be about to end. */
  public static Readiness of(
      Collection<ServedPair> pairs, Reachability reachability, boolean ending) {
    State worst = ending ? State.ENDING : State.OK;
    Map<String, String> states = new LinkedHashMap<>();
    for (ServedPair pair : pairs) {
      State state = pair.isReady() ? state(pair.settings(), reachability) : State.LOADING;
      worst = state.compareTo(worst) > 0 ? state : worst;
      states.put(pair.name(), state.label());
    }
    return new Readiness(worst.label(), states);
  }

  private static State state(PairSettings pair, Reachability reachability) {
    ModelSettings base = pair.base();
    if (!reachability.reaches(pair.small()) || (base != null && !reachability.reaches(base))) {
      return State.UNREACHABLE;
    }
    return reachability.reaches(pair.large()) ? State.OK : State.DEGRADED;
  }

  /** Whether requests should be sent here. */
  public boolean takesRequests() {
    return status.equals(State.OK.label()) || status.equals(State.DEGRADED.label());
  }
}
