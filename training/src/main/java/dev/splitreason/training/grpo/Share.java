package dev.splitreason.training.grpo;

import dev.splitreason.training.distributed.Processes;

/**
 * What a process samples of a step: neighbouring groups, whose answers have neighbouring numbers.
 *
 * @param from the first problem
 * @param to the problem after the last
 * @param problems of the step, of all processes
 * @param group answers to each
 */
record Share(int from, int to, int problems, int group) {

  static Share of(int problems, int group, Processes processes) {
    return new Share(
        problems * processes.rank() / processes.count(),
        problems * (processes.rank() + 1) / processes.count(),
        problems,
        group);
  }

  /** The number of this process's first answer. */
  int first() {
    return from * group;
  }

  /** How many answers all processes have together. */
  int answers() {
    return problems * group;
  }
}
