package dev.splitreason.core.batch;

import java.util.Arrays;

/**
 * A part of a work that goes into one batch: its sequence's tokens from … to - 1.
 *
 * @param reachesTarget whether the work then has what it waits for
 */
record Slice(Work work, int from, int to, boolean reachesTarget) {

  /** The work's next {@code count} tokens. */
  static Slice next(Work work, int count) {
    int from = work.sequence.evaluated();
    return new Slice(work, from, from + count, from + count == work.target());
  }

  int logitsFrom() {
    return Math.clamp(work.logitsFrom(), from, to);
  }

  Run run() {
    Sequence sequence = work.sequence;
    int[] tokens = Arrays.copyOfRange(sequence.tokens(), from, to);
    return new Run(sequence.number(), from, tokens, logitsFrom(), !sequence.background());
  }
}
