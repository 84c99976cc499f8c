package dev.splitreason.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that decode at the same time.
 *
 * @param threads the engine computes with
 * @param sessions at once
 * @param tokensPerSecond median of all of them together
 * @param ratioToOne median of that divided by a single session's of the same turn
 */
record Concurrency(int threads, int sessions, double tokensPerSecond, double ratioToOne) {

  /** Tokens a second of some sessions together, and of one alone just before. */
  record Turn(int sessions, double together, double alone) {}

  /** The medians over all turns, for each number of sessions. */
  static List<Concurrency> of(int threads, List<Integer> sessions, List<Turn> turns) {
    List<Concurrency> rows = new ArrayList<>();
    for (int count : sessions) {
      List<Turn> ofCount = turns.stream().filter(turn -> turn.sessions() == count).toList();
      rows.add(
          new Concurrency(
              threads,
              count,
              Median.of(ofCount.stream().map(Turn::together).toList()),
              Median.of(ofCount.stream().map(turn -> turn.together() / turn.alone()).toList())));
    }
    return rows;
  }
}
