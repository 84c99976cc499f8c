package dev.splitreason.cli.adapt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.data.problem.ProblemColumns;
import dev.splitreason.data.problem.Shots;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Problems to learn from and others to measure on. What is asked decides on which side it is, so
 * that a problem which stands twice in a file is not learned from and measured on.
 *
 * @param learned to learn from
 * @param heldOut to measure on
 */
record ProblemSplit(List<Problem> learned, List<Problem> heldOut) {

  /** A problem as a line that every command reads. */
  private record Line(String id, String problem, String answer) {}

  static ProblemSplit of(AdaptPlan plan) throws IOException {
    List<Problem> all =
        new ArrayList<>(
            Benchmarks.asked(
                    plan.problems(),
                    ProblemColumns.USUAL,
                    plan.seed(),
                    plan.sizes().limit(),
                    new Shots(0, null))
                .problems());
    all.sort(Comparator.comparingLong(problem -> place(problem, plan.seed())));
    int heldOut = plan.sizes().heldOut();
    List<Problem> measured = all.subList(0, Math.min(heldOut, all.size()));
    Set<String> asked = new HashSet<>();
    measured.forEach(problem -> asked.add(words(problem.text())));
    List<Problem> learned =
        all.stream().filter(problem -> !asked.contains(words(problem.text()))).toList();
    if (learned.isEmpty()) {
      throw new UserMistake(
          "%s has %d problems, of which %d are held out: none is left to learn from"
              .formatted(plan.problems(), all.size(), measured.size()));
    }
    return new ProblemSplit(learned, List.copyOf(measured));
  }

  /** Writes problems to a file, as a whole. */
  static void write(Path file, List<Problem> problems) throws IOException {
    try (LineWriter writer = LineWriter.open(file)) {
      for (Problem problem : problems) {
        writer.write(new Line(problem.id(), problem.text(), problem.answer()));
      }
      writer.complete();
    }
  }

  /** Reads what was written. */
  static Benchmark read(Path file, int most) throws IOException {
    return Benchmarks.load(file.toString(), ProblemColumns.USUAL, 0, most);
  }

  /** A question without what differs between copies of it. */
  static String words(String question) {
    return question.strip().replaceAll("\\s+", " ");
  }

  private static long place(Problem problem, long seed) {
    return CounterRandom.bits(seed, words(problem.text()).hashCode());
  }
}
