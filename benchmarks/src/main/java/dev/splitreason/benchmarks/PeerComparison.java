package dev.splitreason.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The engine beside llama-bench on one kind of work.
 *
 * @param threads each side computes with
 * @param work prefill or decode
 * @param tokens prefilled at once, or decoded one by one
 * @param engineTokensPerSecond median of this project's engine
 * @param llamaBenchTokensPerSecond median of llama-bench
 * @param ratio median of engine / llama-bench over turns, so that drift between turns cancels
 */
record PeerComparison(
    int threads,
    String work,
    int tokens,
    double engineTokensPerSecond,
    double llamaBenchTokensPerSecond,
    double ratio) {

  /** One measurement of each side, taken one right after the other. */
  record Turn(Speed engine, Speed llamaBench) {}

  /** The two kinds of work over all turns. */
  static List<PeerComparison> of(int threads, ThroughputWorkload workload, List<Turn> turns) {
    return List.of(
        of(threads, "prefill", workload.prompt(), turns, Speed::prefill),
        of(threads, "decode", workload.generate(), turns, Speed::decode));
  }

  private static PeerComparison of(
      int threads, String work, int tokens, List<Turn> turns, ToDoubleFunction<Speed> part) {
    return new PeerComparison(
        threads,
        work,
        tokens,
        Median.of(turns.stream().map(turn -> part.applyAsDouble(turn.engine())).toList()),
        Median.of(turns.stream().map(turn -> part.applyAsDouble(turn.llamaBench())).toList()),
        Median.of(
            turns.stream()
                .map(
                    turn ->
                        part.applyAsDouble(turn.engine()) / part.applyAsDouble(turn.llamaBench()))
                .toList()));
  }
}
