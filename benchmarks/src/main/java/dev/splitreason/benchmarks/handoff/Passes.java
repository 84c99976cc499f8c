package dev.splitreason.benchmarks.handoff;

import java.util.concurrent.atomic.AtomicInteger;

/** What went through a model: passes, and tokens of them. */
final class Passes {

  private final AtomicInteger passes = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();

  void add(int count) {
    passes.incrementAndGet();
    tokens.addAndGet(count);
  }

  int passes() {
    return passes.get();
  }

  int tokens() {
    return tokens.get();
  }
}
