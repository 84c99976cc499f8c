package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.data.problem.Problem;
import dev.splitreason.files.settings.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemListTest {

  @TempDir private Path folder;

  @Test
  void a_step_has_the_same_chain_problems_whenever_it_is_asked_for() throws IOException {
    LongFunction<List<Problem>> steps = steps("seed=1");

    assertThat(steps.apply(5)).hasSize(2).isEqualTo(steps("seed=1").apply(5));
    assertThat(steps.apply(5)).doesNotContainAnyElementsOf(steps.apply(6));
    assertThat(steps.apply(0)).isNotEqualTo(steps("seed=2").apply(0));
  }

  @Test
  void every_problem_of_a_file_comes_once_before_any_comes_again() throws IOException {
    LongFunction<List<Problem>> steps = steps("data.problems=" + file(), "data.held-out-share=0");

    assertThat(Stream.of(0, 1).flatMap(step -> steps.apply(step).stream()).map(Problem::id))
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(steps.apply(3)).hasSize(2);
  }

  @Test
  void what_is_held_out_of_a_file_is_never_learned() throws IOException {
    ProblemList problems = problems("data.problems=" + file(), "data.held-out-share=0.4");

    assertThat(problems.heldOut()).hasSize(2);
    for (int step = 0; step < 4; step++) {
      assertThat(problems.steps().apply(step)).doesNotContainAnyElementsOf(problems.heldOut());
    }
    assertThat(problems("data.problems=" + file(), "data.held-out-share=0.4").heldOut())
        .isEqualTo(problems.heldOut());
  }

  @Test
  void problems_to_measure_on_may_be_a_file_of_their_own() throws IOException {
    ProblemList problems = problems("data.held-out=" + file(), "measure.problems=3");

    assertThat(problems.heldOut()).extracting(Problem::id).containsExactly("a", "b", "c");
  }

  @Test
  void a_file_that_is_held_out_altogether_is_refused() {
    assertThatThrownBy(() -> problems("data.problems=" + file(), "data.held-out-share=0.9"))
        .hasMessageContaining("has 4 problems, of which 4 are held out: nothing to learn from");
  }

  private Path file() throws IOException {
    Path file = folder.resolve("problems.jsonl");
    Files.writeString(
        file,
        """
        {"id": "a", "problem": "1+1", "answer": "2"}
        {"id": "b", "problem": "1+2", "answer": "3"}
        {"id": "c", "problem": "1+3", "answer": "4"}
        {"id": "d", "problem": "1+4", "answer": "5"}
        """);
    return file;
  }

  private static LongFunction<List<Problem>> steps(String... settings) throws IOException {
    return problems(settings).steps();
  }

  private static ProblemList problems(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of("schedule.prompts=2"));
    Collections.addAll(all, settings);
    return ProblemList.of(ConfigFile.read(OffloadConfig.DEFAULT, null, all));
  }
}
