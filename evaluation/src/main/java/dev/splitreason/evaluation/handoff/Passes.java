package dev.splitreason.evaluation.handoff;

import java.util.concurrent.atomic.AtomicInteger;

/** What went through a model: passes, and tokens of them. */
public final class Passes {

  private final AtomicInteger passes = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();

  void add(int count) {
    passes.incrementAndGet();
    tokens.addAndGet(count);
  }

  /** Forward passes. */
  public int passes() {
    return passes.get();
  }

  /** Tokens of all passes together. */
  public int tokens() {
    return tokens.get();
  }
}
