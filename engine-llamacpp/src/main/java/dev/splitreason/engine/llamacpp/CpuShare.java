package dev.splitreason.engine.llamacpp;

import java.util.concurrent.Semaphore;

/**
 * A model's share of this process's cores. llama.cpp's threads spin while they wait for each other,
 * so two batches with more threads than cores between them collapse to a hundredth of their speed;
 * models whose threads fit the cores together compute side by side, others take turns.
 */
final class CpuShare {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Semaphore FREE_CORES = new Semaphore(CORES, true);

  private final int threads;

  /** A share of some threads, 0 for all cores. */
  CpuShare(int threads) {
    this.threads = threads == 0 ? CORES : Math.min(threads, CORES);
  }

  /** The number of threads to compute with. */
  int threads() {
    return threads;
  }

  void acquire() {
    FREE_CORES.acquireUninterruptibly(threads);
  }

  void release() {
    FREE_CORES.release(threads);
  }
}
