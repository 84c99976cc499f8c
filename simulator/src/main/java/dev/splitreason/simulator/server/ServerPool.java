package dev.splitreason.simulator.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies of one model behind one queue. A copy holds as many answers at a time as its batch limit
 * and its KV memory allow; an answer keeps its place, and the memory for its whole length, until it
 * is finished.
 */
public final class ServerPool {

  private final List<Copy> copies = new ArrayList<>();
  private final Queue<Admission> waiting = new ArrayDeque<>();

  private record Admission(long tokens, Consumer<Place> admitted) {}

  private static final class Copy {
    final BatchServer server;
    int placesLeft;
    long tokensLeft;

    Copy(BatchServer server, int places, long tokens) {
      this.server = server;
      this.placesLeft = places;
      this.tokensLeft = tokens;
    }

    boolean holds(long tokens) {
      return placesLeft > 0 && tokensLeft >= tokens;
    }
  }

  /** A place on a server, with a sequence of its own. */
  public final class Place {
    private final Copy copy;
    private final long tokens;
    private final ServedSequence sequence;

    private Place(Copy copy, long tokens) {
      this.copy = copy;
      this.tokens = tokens;
      this.sequence = copy.server.open();
    }

    /** The sequence in this place. */
    public ServedSequence sequence() {
      return sequence;
    }

    /** Frees the place; whoever waits longest is admitted if it fits now. */
    public void leave() {
      sequence.abandon();
      copy.placesLeft++;
      copy.tokensLeft += tokens;
      admitWaiting();
    }
  }

  /**
   * Copies of a model.
   *
   * @param servers at least one
   * @param places answers a copy holds at a time
   * @param tokens tokens of KV memory of a copy
   */
  public ServerPool(List<BatchServer> servers, int places, long tokens) {
    servers.forEach(server -> copies.add(new Copy(server, places, tokens)));
  }

  /**
   * Asks for a place on the copy that has the most left.
   *
   * @param tokens how long the sequence will become
   * @param admitted gets the place, now or when one is free
   */
  public void enter(long tokens, Consumer<Place> admitted) {
    waiting.add(new Admission(tokens, admitted));
    admitWaiting();
  }

  /** Seconds all copies together spent in passes until now. */
  public double busySeconds() {
    return copies.stream().mapToDouble(copy -> copy.server.busySeconds()).sum();
  }

  private void admitWaiting() {
    for (Admission next = waiting.peek(); next != null; next = waiting.peek()) {
      Copy copy = emptiest(next.tokens());
      if (copy == null) {
        return;
      }
      waiting.remove();
      copy.placesLeft--;
      copy.tokensLeft -= next.tokens();
      next.admitted().accept(new Place(copy, next.tokens()));
    }
  }

  private @Nullable Copy emptiest(long tokens) {
    Copy best = null;
    for (Copy copy : copies) {
      if (copy.holds(tokens) && (best == null || copy.placesLeft > best.placesLeft)) {
        best = copy;
      }
    }
    return best;
  }
}
