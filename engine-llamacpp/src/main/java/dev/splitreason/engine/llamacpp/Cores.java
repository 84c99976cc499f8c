package dev.splitreason.engine.llamacpp;

import java.util.ArrayList;
import java.util.List;

/**
 * The cores of a machine, lent to the models of a process for one batch at a time. llama.cpp's
 * threads spin while they wait for each other, so batches with more threads than cores between them
 * collapse to a hundredth of their speed: never are more lent than there are.
 *
 * <p>A model that computes alone may have all of them. Where several have work, those that somebody
 * waits for share the cores and take what helps them; the others get what those leave. It knows
 * nothing of models, nor of what their threads cost: a {@link Claim} tells how many it wants.
 */
final class Cores {

  private static final Cores OF_PROCESS = new Cores(Runtime.getRuntime().availableProcessors());

  private final int count;
  private final List<Claim> claims = new ArrayList<>();
  private int lent;

  Cores(int count) {
    this.count = count;
  }

  /** Those that this process may use. */
  static Cores ofProcess() {
    return OF_PROCESS;
  }

  int count() {
    return count;
  }

  /** How many threads a batch is worth, at least 1. */
  interface Wish {

    /** Those that it waits for; no more than any model may have beside another. */
    int least();

    /** Those that help it so much that others should not have them. */
    int worth(int most);

    /**
     * Those that it takes if it may have so many.
     *
     * @param contended whether another model can use what it leaves
     */
    int take(int most, boolean contended);
  }

  /**
   * A claim of a model that computes a batch at a time.
   *
   * @param together the most cores lent as long as this model has work; 0 for all
   */
  Claim claim(int together) {
    Claim claim = new Claim(together == 0 ? count : Math.min(together, count));
    synchronized (this) {
      claims.add(claim);
    }
    return claim;
  }

  /** What one model has of the cores. Has work from a batch on until it rests. */
  final class Claim implements AutoCloseable {

    private final int together;
    private boolean working;
    private boolean awaited;
    private boolean waiting;
    private int held;

    /** What a batch that waits needs. */
    private int least;

    /** What its last batch was worth. */
    private int wanted;

    private Claim(int together) {
      this.together = together;
    }

    /**
     * Waits for cores, and takes some.
     *
     * @param awaited whether somebody waits for the batch
     * @return the number of threads to compute with
     */
    int acquire(boolean awaited, Wish wish) {
      boolean interrupted = false;
      synchronized (Cores.this) {
        this.working = true;
        this.awaited = awaited;
        this.waiting = true;
        this.least = wish.least();
        this.wanted = wish.worth(capacity());
        // Behind those that came before, so that equals take turns.
        claims.remove(this);
        claims.add(this);
        // Those that waited for this one when it was awaited, or came before, may go first now.
        Cores.this.notifyAll();
        int most = most(this);
        while (most < least) {
          try {
            Cores.this.wait();
          } catch (InterruptedException e) {
            interrupted = true;
          }
          most = most(this);
        }
        held = wish.take(most, contended(this));
        waiting = false;
        lent += held;
        // What is left may be enough for another.
        Cores.this.notifyAll();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return held;
    }

    void release() {
      synchronized (Cores.this) {
        lent -= held;
        held = 0;
        Cores.this.notifyAll();
      }
    }

    /** There is no next batch for now: nothing is kept free for it. */
    void rest() {
      synchronized (Cores.this) {
        working = false;
        Cores.this.notifyAll();
      }
    }

    @Override
    public void close() {
      synchronized (Cores.this) {
        claims.remove(this);
        Cores.this.notifyAll();
      }
    }
  }

  private int capacity() {
    return claims.stream()
        .filter(claim -> claim.working)
        .mapToInt(claim -> claim.together)
        .min()
        .orElse(count);
  }

  private boolean contended(Claim own) {
    return claims.stream().anyMatch(claim -> claim != own && claim.working);
  }

  /** The most cores that a waiting claim may take now; less than it needs to go on waiting. */
  private int most(Claim own) {
    int free = capacity() - lent;
    int share = capacity();
    int rivals = 0;
    for (Claim claim : claims) {
      if (claim == own || !claim.working) {
        continue;
      }
      if (claim.awaited) {
        rivals++;
      }
      boolean goesFirst = claim.awaited || !own.awaited;
      if (claim.waiting && goesFirst && before(claim, own)) {
        free -= claim.least;
      }
    }
    if (own.awaited) {
      // The odd ones go to whoever comes first.
      share = Math.max(own.least, Math.ceilDiv(capacity(), rivals + 1));
    } else {
      free = Math.min(free, capacity() - wantedByAwaited(own));
    }
    return Math.min(free, share);
  }

  /** Whether a waiting claim goes before another: somebody waits for it, or it came first. */
  private boolean before(Claim one, Claim other) {
    return one.awaited == other.awaited ? claims.indexOf(one) < claims.indexOf(other) : one.awaited;
  }

  /** What awaited models want for this batch or the next, and other batches hold. */
  private int wantedByAwaited(Claim own) {
    return claims.stream()
        .filter(claim -> claim != own && claim.working)
        .mapToInt(claim -> claim.awaited ? Math.max(claim.wanted, claim.held) : claim.held)
        .sum();
  }
}
