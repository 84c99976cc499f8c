package dev.splitreason.answers.check.symbolic;

import java.time.Duration;

/** The processor time one check may still use in workers. Starting a worker costs none of it. */
public final class Allowance {

  private long nanos;

  /** All of a limit, unspent. */
  public Allowance(Duration limit) {
    this.nanos = limit.toNanos();
  }

  long nanos() {
    return nanos;
  }

  void spend(long spent) {
    nanos = Math.max(0, nanos - spent);
  }
}
