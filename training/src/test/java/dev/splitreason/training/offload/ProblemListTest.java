package dev.splitreason.training.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.evaluation.benchmark.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemListTest {

  @TempDir private Path folder;

  @Test
  void a_step_has_the_same_chain_problems_whenever_it_is_asked_for() throws IOException {
    LongFunction<List<Problem>> steps = ProblemList.of("chain", 3, 1);

    assertThat(steps.apply(5)).hasSize(3).isEqualTo(ProblemList.of("chain", 3, 1).apply(5));
    assertThat(steps.apply(5)).doesNotContainAnyElementsOf(steps.apply(6));
    assertThat(steps.apply(0)).isNotEqualTo(ProblemList.of("chain", 3, 2).apply(0));
  }

  @Test
  void every_problem_of_a_file_comes_once_before_any_comes_again() throws IOException {
    Path file = folder.resolve("problems.jsonl");
    Files.writeString(
        file,
        """
        {"id": "a", "problem": "1+1", "answer": "2"}
        {"id": "b", "problem": "1+2", "answer": "3"}
        {"id": "c", "problem": "1+3", "answer": "4"}
        {"id": "d", "problem": "1+4", "answer": "5"}
        """);
    LongFunction<List<Problem>> steps = ProblemList.of(file.toString(), 2, 1);

    assertThat(Stream.of(0, 1).flatMap(step -> steps.apply(step).stream()).map(Problem::id))
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(steps.apply(3)).hasSize(2);
  }
}
