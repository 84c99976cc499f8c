package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.error.OneLineErrors;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Benchmarks;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.data.problem.ProblemColumns;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Entry;
import dev.splitreason.evaluation.run.EvaluationRun;
import dev.splitreason.evaluation.run.ModelGoneException;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Evaluations during which a model dies, with the bundled pair. */
class LostModelTest {

  private static final int NEVER = Integer.MAX_VALUE;
  private static final PolicyChoice LEARNED = PolicyChoice.parse("learned");
  private static final Contender CONTENDER = Contender.of(LEARNED, "small", "large", null);

  private static LanguageModel small;
  private static LanguageModel large;
  private static AnswerChecker checker;
  private static Benchmark benchmark;
  private static List<Object> undisturbed;

  @TempDir private Path folder;

  @BeforeAll
  static void runOnceUndisturbed() throws IOException, InterruptedException {
    small = bundled("small-split.gguf");
    large = bundled("large.gguf");
    checker = new AnswerChecker();
    benchmark = Benchmarks.load("chain:7", ProblemColumns.USUAL, 7, 12);
    try (SampleLog log = SampleLog.inMemory()) {
      run(small, large, benchmark, Duration.ZERO, log);
      undisturbed = answers(log.samples());
    }
    assertThat(undisturbed).hasSize(12);
  }

  @AfterAll
  static void close() {
    small.close();
    large.close();
    checker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 333})
  void aSmallModelThatComesBackIsWaitedForAndNothingIsDifferent(int stepsToLive)
      throws IOException, InterruptedException {
    var mortal = new MortalModel(small, stepsToLive, 7);
    try (SampleLog log = SampleLog.inMemory()) {
      run(mortal, large, benchmark, Duration.ofMinutes(5), log);

      assertThat(mortal.hasDied()).isTrue();
      assertThat(answers(log.samples())).containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 75})
  void aLargeModelThatComesBackIsWaitedForAndNothingIsDifferent(int stepsToLive)
      throws IOException, InterruptedException {
    var mortal = new MortalModel(large, stepsToLive, 7);
    try (SampleLog log = SampleLog.inMemory()) {
      run(small, mortal, benchmark, Duration.ofMinutes(5), log);

      assertThat(mortal.hasDied()).isTrue();
      assertThat(answers(log.samples())).containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @Test
  void aModelThatStaysAwayIsReportedAndTheFinishedPartGoesOnLater()
      throws IOException, InterruptedException {
    Path file = folder.resolve("samples.jsonl");
    var mortal = new MortalModel(large, 75, NEVER);
    try (SampleLog log = SampleLog.open(file)) {
      assertThatThrownBy(() -> run(small, mortal, benchmark, Duration.ZERO, log))
          .isInstanceOf(ModelGoneException.class)
          .hasMessageContaining("did not come back: connection refused")
          .satisfies(LostModelTest::endsTheCommandWithOneLine);
    }
    List<Object> finished = answers(SampleLog.read(file));
    assertThat(finished).isNotEmpty().hasSizeLessThan(12).isSubsetOf(undisturbed);

    try (SampleLog log = SampleLog.open(file)) {
      run(small, large, benchmark, Duration.ZERO, log);
    }

    List<Object> all = answers(SampleLog.read(file));
    assertThat(all).startsWith(finished.toArray());
    assertThat(all).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void aProblemLongerThanTheContextFailsAlone() throws IOException, InterruptedException {
    var problems = new ArrayList<>(benchmark.problems());
    problems.add(3, new Problem("long", "Add 11. ".repeat(4000), "0", null));
    try (SampleLog log = SampleLog.inMemory()) {
      run(small, large, new Benchmark("with one too long", problems), Duration.ZERO, log);

      assertThat(log.samples().stream().filter(Sample::failed).map(of -> of.key().problem()))
          .containsExactly("long");
      assertThat(answers(log.samples().stream().filter(of -> !of.failed()).toList()))
          .containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  private static void endsTheCommandWithOneLine(Throwable error) {
    var stderr = new StringWriter();
    var command = new CommandLine(new EvalCommand()).setErr(new PrintWriter(stderr));

    assertThat(new OneLineErrors(() -> false).handle(error, command)).isEqualTo(1);
    assertThat(stderr.toString()).startsWith("splitreason: a model was waited for").hasLineCount(1);
  }

  private static void run(
      LanguageModel small,
      LanguageModel large,
      Benchmark problems,
      Duration patience,
      SampleLog log)
      throws IOException, InterruptedException {
    var template = Templates.named("chain");
    var pair = Pair.builder().small(small, template).large(large, template).build();
    var settings = new RunSettings(SplitOptions.DEFAULT.withMaxTokens(200), 1, 7, 4, patience);
    new EvaluationRun(problems, settings, checker, log, sample -> {})
        .run(List.of(new Entry(CONTENDER, LEARNED, pair)));
  }

  /** All that does not depend on timing. */
  private static List<Object> answers(List<Sample> samples) {
    return samples.stream()
        .<Object>map(
            sample ->
                List.of(
                    sample.key(),
                    sample.outcome(),
                    sample.answer(),
                    sample.trace() == null ? "" : sample.trace().text()))
        .toList();
  }

  private static LanguageModel bundled(String file) {
    return LlamaCppModel.load(
        CommandProcess.project().resolve("models").resolve(file),
        LlamaCppOptions.DEFAULTS.withThreads(1).withMaxSessions(16));
  }
}
