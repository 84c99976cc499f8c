package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.source.DataException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Problems to measure with.
 *
 * @param name as the user named it
 * @param problems in order, at least one, no two with the same id
 */
public record Benchmark(String name, List<Problem> problems) {

  public Benchmark {
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new DataException("the benchmark '" + name + "' has no problems");
    }
    Set<String> ids = new HashSet<>();
    for (Problem problem : problems) {
      if (!ids.add(problem.id())) {
        throw new UserMistake(
            "the benchmark '" + name + "' has two problems with the id '" + problem.id() + "'");
      }
    }
  }

  /** The same problems, asked otherwise. */
  Benchmark putAs(UnaryOperator<String> wording) {
    return new Benchmark(
        name,
        problems.stream()
            .map(
                problem ->
                    new Problem(
                        problem.id(),
                        wording.apply(problem.text()),
                        problem.answer(),
                        problem.difficulty()))
            .toList());
  }
}
