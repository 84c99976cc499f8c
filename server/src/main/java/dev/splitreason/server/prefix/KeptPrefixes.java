package dev.splitreason.server.prefix;

import dev.splitreason.core.model.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Idle sessions of one model, the least recently used out first. One is lent to one answer at a
 * time. Thread-safe.
 */
public final class KeptPrefixes implements AutoCloseable {

  /** Fewer tokens are prefilled sooner than found. */
  private static final int LEAST = 16;

  private final int most;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean closed;

  /**
   * A session that is nobody's now.
   *
   * @param ids its tokens
   */
  record Kept(int[] ids, Session session) {

    /** The number of tokens at its beginning that are those of a run. */
    int common(int[] run) {
      int differs = Arrays.mismatch(ids, run);
      return differs < 0 ? ids.length : differs;
    }
  }

  /** No sessions yet, and later so many at most. */
  public KeptPrefixes(int most) {
    this.most = most;
  }

  /** Takes out the session that has most of a run's beginning; null if none has enough. */
  synchronized @Nullable Kept take(int[] run) {
    Kept best = null;
    for (Kept one : kept) {
      if (one.common(run) >= LEAST && (best == null || one.common(run) > best.common(run))) {
        best = one;
      }
    }
    if (best != null) {
      kept.remove(best);
    }
    return best;
  }

  /**
   * Keeps a session, which is idle and from now on nobody else's; another may have to go for it.
   */
  void keep(int[] ids, Session session) {
    Session out = null;
    synchronized (this) {
      if (closed || most == 0 || ids.length < LEAST) {
        out = session;
      } else {
        kept.addFirst(new Kept(ids, session));
        if (kept.size() > most) {
          out = kept.removeLast().session();
        }
      }
    }
    if (out != null) {
      out.close();
    }
  }

  /** Frees the session that was used least recently; gives whether there was one. */
  boolean evict() {
    Kept out;
    synchronized (this) {
      out = kept.pollLast();
    }
    if (out == null) {
      return false;
    }
    out.session().close();
    return true;
  }

  /** How many sessions are kept. */
  public synchronized int size() {
    return kept.size();
  }

  /** Frees all sessions; no more are kept. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    while (evict()) {
      // until none is left
    }
  }
}
