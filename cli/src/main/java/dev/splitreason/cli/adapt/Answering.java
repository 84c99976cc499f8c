package dev.splitreason.cli.adapt;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.cli.eval.SampleProgress;
import dev.splitreason.cli.eval.Surroundings;
import dev.splitreason.cli.progress.Progress;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Entry;
import dev.splitreason.evaluation.run.EvaluationRun;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleKey;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lets policies of a pair answer problems, as {@code eval} does. Answers are kept as they come, so
 * what was answered is not asked again.
 *
 * @param plan what is adapted
 * @param options of every answer
 * @param stderr hears how far it is
 */
record Answering(AdaptPlan plan, SplitOptions options, PrintWriter stderr) {

  /** A model on this machine is there or never. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The contender that a policy of a pair is. */
  static Contender contender(PairSettings pair, PolicyChoice policy) {
    var base = pair.base();
    return Contender.of(
        policy, pair.small().name(), pair.large().name(), base == null ? null : base.name());
  }

  /**
   * Lets policies answer.
   *
   * @param folder keeps the answers, those of other policies and pairs too
   * @return all answers of these policies to these problems
   */
  List<Sample> ask(Path folder, Benchmark benchmark, PairSettings pair, List<PolicyChoice> policies)
      throws IOException, InterruptedException {
    RunSettings settings =
        new RunSettings(options, 1, plan.seed(), plan.machine().inFlight(), PATIENCE);
    Map<Contender, PolicyChoice> contenders = new LinkedHashMap<>();
    policies.forEach(policy -> contenders.put(contender(pair, policy), policy));
    var description =
        new RunDescription(
            benchmark.name(),
            plan.seed(),
            new TreeMap<>(
                Map.of(
                    "temperature", Double.toString(options.sampling().temperature()),
                    "max-tokens", Integer.toString(options.maxTokens()))),
            new TreeMap<>(Map.<String, SpanSettings>of(pair.name(), pair.spans())),
            List.copyOf(contenders.keySet()),
            List.of("splitreason adapt"),
            List.of(
                Surroundings.now(List.of(pair.small(), pair.large()), plan.machine().inFlight())));
    Map<String, String> questions =
        benchmark.problems().stream().collect(Collectors.toMap(Problem::id, Problem::text));
    try (SampleLog log = RunFolder.begin(folder, description);
        var checker = new AnswerChecker()) {
      long total = (long) contenders.size() * questions.size();
      long there =
          contenders.keySet().stream()
              .flatMap(one -> questions.keySet().stream().map(id -> new SampleKey(one, id, 0)))
              .filter(key -> log.has(key, questions.getOrDefault(key.problem(), "")))
              .count();
      if (there < total) {
        draw(benchmark, pair, contenders, settings, checker, log, total, there);
      }
      return log.samples().stream()
          .filter(sample -> contenders.containsKey(sample.key().contender()))
          .filter(sample -> questions.containsKey(sample.key().problem()))
          .toList();
    }
  }

  private void draw(
      Benchmark benchmark,
      PairSettings pair,
      Map<Contender, PolicyChoice> contenders,
      RunSettings settings,
      AnswerChecker checker,
      SampleLog log,
      long total,
      long there)
      throws IOException, InterruptedException {
    var work =
        new Workload(
                contenders.values().stream().map(PolicyChoice::policy).collect(Collectors.toSet()),
                plan.machine().cores(),
                settings.inFlight())
            .ofAnswerTokens(options.maxTokens());
    try (OpenPair open = OpenPair.open(pair, work);
        Progress progress = Progress.towards("adapt", "answers", total, there, stderr)) {
      List<Entry> entries =
          contenders.entrySet().stream()
              .map(one -> new Entry(one.getKey(), one.getValue(), open.pair()))
              .toList();
      new EvaluationRun(
              benchmark,
              settings.withInFlight(Math.min(open.answersAtOnce(), settings.inFlight())),
              checker,
              log,
              new SampleProgress(progress, there))
          .run(entries);
    }
  }

  /** The figures of one policy. */
  Result measure(Path folder, Benchmark benchmark, PairSettings pair, PolicyChoice policy)
      throws IOException, InterruptedException {
    List<Sample> samples = ask(folder, benchmark, pair, List.of(policy));
    return Results.of(List.of(contender(pair, policy)), samples, plan.seed()).getFirst();
  }
}
