package dev.splitreason.cli.adapt;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.cli.annotate.TraceProgress;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.annotate.AnnotateRun;
import dev.splitreason.data.annotate.DivergenceAnnotator;
import dev.splitreason.data.annotate.DivergenceOptions;
import dev.splitreason.data.annotate.SpanRanking;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.report.EvaluationReport;
import dev.splitreason.evaluation.report.ResultsJson;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.files.jsonl.LineWriter;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from two models to an adapter, stage by stage:
 *
 * <ol>
 *   <li>keep some problems apart, to measure on;
 *   <li>have the large model solve the others, and keep what is right;
 *   <li>mark what is hard in it, as much as the large model is to write;
 *   <li>let an adapter of the small model learn that (SFT),
 *   <li>and when it pays (GRPO);
 *   <li>measure the pair before and after, beside what needs no training;
 *   <li>leave the adapter with its model card, and a report.
 * </ol>
 */
final class Adaptation {

  private final AdaptPlan plan;
  private final SplitOptions options;
  private final PrintWriter stderr;
  private final StageLog stages;
  private final Learning learning;
  private final Answering answering;
  private final Path folder;
  private final Path learned;
  private final Path heldOut;
  private final Path traces;
  private final Path spans;

  /**
   * An adaptation.
   *
   * @param folder gets everything
   * @param options of every answer
   */
  Adaptation(AdaptPlan plan, Path folder, SplitOptions options, PrintWriter stderr) {
    this.plan = plan;
    this.folder = folder;
    this.options = options;
    this.stderr = stderr;
    List<String> names = new ArrayList<>(List.of("problems", "traces", "spans", "sft"));
    if (plan.learnsByReward()) {
      names.add("grpo");
    }
    names.addAll(List.of("measure", "adapter"));
    stages = new StageLog(folder, names, stderr);
    learning = new Learning(plan, stderr);
    answering = new Answering(plan, options, stderr);
    learned = stages.folder("problems").resolve("learned.jsonl");
    heldOut = stages.folder("problems").resolve("held-out.jsonl");
    traces = stages.folder("traces").resolve("traces.jsonl");
    spans = stages.folder("spans").resolve("spans.jsonl");
  }

  /** A trace as a line that {@code annotate} reads. */
  private record TraceLine(
      String id, @Nullable String problem, @Nullable String answer, String text) {}

  /**
   * Does what is not done.
   *
   * @return the figures of all policies
   * @throws InterruptedException if it was asked to stop; the same goes on from there
   */
  List<Result> run() throws IOException, InterruptedException {
    interruptibly(this::splitProblems);
    interruptibly(this::writeTraces);
    interruptibly(this::markSpans);
    learnSpans();
    if (plan.learnsByReward()) {
      learnByReward();
    }
    interruptibly(this::measure);
    List<Result> results = results();
    export(results);
    return results;
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Training saves itself when the process is asked to end; all else is on disk as it comes. */
  private static void interruptibly(Step step) throws IOException, InterruptedException {
    try (Shutdown _ = Shutdown.interrupting()) {
      step.run();
    }
  }

  private void splitProblems() throws IOException, InterruptedException {
    Path file = plan.problemFile();
    stages.stage(
        "problems",
        "keep problems apart to measure on",
        "%s, %d held out of %d, seed %d"
            .formatted(plan.problems(), plan.sizes().heldOut(), plan.sizes().limit(), plan.seed()),
        file == null ? List.of() : List.of(file),
        List.of(learned, heldOut),
        _ -> {
          ProblemSplit split = ProblemSplit.of(plan);
          ProblemSplit.write(learned, split.learned());
          ProblemSplit.write(heldOut, split.heldOut());
        });
  }

  private void writeTraces() throws IOException, InterruptedException {
    String brought = plan.traces();
    List<Path> inputs = new ArrayList<>(List.of(learned, heldOut));
    inputs.add(brought == null ? plan.large() : Path.of(brought));
    stages.stage(
        "traces",
        brought == null ? "the large model solves problems" : "traces that are brought",
        options + ", template " + plan.template(),
        inputs,
        List.of(traces),
        own -> write(brought == null ? solved(own) : broughtFrom(brought)));
  }

  /** The large model's own answers that are right and that it ended. */
  private List<TraceLine> solved(Path own) throws IOException, InterruptedException {
    Benchmark benchmark = ProblemSplit.read(learned, 0);
    List<Sample> samples =
        answering.ask(
            own.resolve("answers"), benchmark, plan.pair(), List.of(PolicyChoice.parse("large")));
    // In the problems' order: answers come in the order in which they were finished.
    Map<String, Sample> answers = new HashMap<>();
    samples.forEach(sample -> answers.put(sample.key().problem(), sample));
    List<TraceLine> right = new ArrayList<>();
    for (Problem problem : benchmark.problems()) {
      Sample sample = answers.get(problem.id());
      Trace trace = sample == null || !sample.right() ? null : sample.trace();
      if (trace != null && trace.finishReason() == FinishReason.STOP) {
        right.add(new TraceLine(problem.id(), problem.text(), problem.answer(), trace.text()));
      }
    }
    stderr.println(
        "adapt: %d of %d answers are right and came to their end"
            .formatted(right.size(), samples.size()));
    return right;
  }

  /** Traces of a file whose answers are right, as far as that is known, to no held-out problem. */
  private List<TraceLine> broughtFrom(String file) throws IOException, InterruptedException {
    Set<String> apart =
        ProblemSplit.read(heldOut, 0).problems().stream()
            .map(problem -> ProblemSplit.words(problem.text()))
            .collect(Collectors.toSet());
    List<TraceLine> right = new ArrayList<>();
    int all = 0;
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL);
        var checker = new AnswerChecker()) {
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        all++;
        String problem = trace.problem();
        String answer = trace.answer();
        boolean wrong = answer != null && !checker.check(answer, trace.text()).equal();
        if (problem != null && !wrong && !apart.contains(ProblemSplit.words(problem))) {
          right.add(new TraceLine(trace.id(), problem, answer, trace.text()));
        }
      }
    }
    stderr.println(
        "adapt: %d of %d traces are right and of problems that are not held out"
            .formatted(right.size(), all));
    return right;
  }

  private void write(List<TraceLine> lines) throws IOException {
    if (lines.size() < 2) {
      throw new UserMistake(
          "%d traces are too few to learn from".formatted(lines.size()),
          "give more problems, longer answers (--max-tokens) or a better large model");
    }
    try (LineWriter writer = LineWriter.open(traces)) {
      for (TraceLine line : lines) {
        writer.write(line);
      }
      writer.complete();
    }
  }

  private void markSpans() throws IOException, InterruptedException {
    DivergenceOptions divergence = divergence();
    stages.stage(
        "spans",
        "mark what is hard for the small model",
        "%s, share %s, tags %s, template %s"
            .formatted(divergence, plan.share(), plan.tags(), plan.template()),
        List.of(traces, plan.small(), plan.large()),
        List.of(spans),
        _ -> {
          Set<Policy> each = Set.of(new Policy.SmallOnly(), new Policy.LargeOnly());
          int atOnce = plan.machine().inFlight();
          int cores = plan.machine().cores();
          try (OpenPair open = OpenPair.open(plan.pair(), new Workload(each, cores, atOnce));
              TraceSource source = TraceSource.open(List.of(traces.toString()), SourceOptions.ALL);
              var progress = new TraceProgress(source.count(), stderr)) {
            var run = new AnnotateRun(annotator(open.pair(), divergence), plan.tags(), atOnce);
            Double share = run.run(source, spans, progress).share();
            if (share != null) {
              stderr.println(
                  String.format(
                      Locale.ROOT, "adapt: %.1f %% of the text is in spans", 100 * share));
            }
          }
        });
  }

  private DivergenceAnnotator annotator(Pair models, DivergenceOptions divergence) {
    int gap = shortSpans() ? 0 : MatchOptions.DEFAULT_MERGE_GAP;
    var matching = new MatchOptions(MatchOptions.DEFAULT_THRESHOLD, gap, plan.tags());
    return new DivergenceAnnotator(
        models.small(),
        models.smallTemplate(),
        models.large(),
        models.largeTemplate(),
        divergence,
        new SpanRanking(plan.share(), true, new SnippetMatcher(matching)));
  }

  /** Easy traces are kept: from others alone, a model learns that every answer has a span. */
  private DivergenceOptions divergence() {
    DivergenceOptions usual = shortSpans() ? DivergenceOptions.TOKENS : DivergenceOptions.DEFAULT;
    return new DivergenceOptions(
        usual.leastAdvantage(),
        usual.sureAdvantage(),
        usual.smoothing(),
        usual.border(),
        true,
        usual.style());
  }

  private boolean shortSpans() {
    return plan.pair().spans().chunk() < SpanSettings.DEFAULT.chunk();
  }

  private void learnSpans() throws IOException, InterruptedException {
    var config = learning.sft(spans, SpanFile.read(spans).traces());
    stages.stage(
        "sft",
        "an adapter learns to hand over (SFT)",
        config.toString(),
        List.of(spans, plan.small()),
        adapterFiles("sft"),
        own -> learning.run(config, own));
  }

  private void learnByReward() throws IOException, InterruptedException {
    var config =
        learning.grpo(
            stages.folder("sft").resolve("adapter"),
            learned,
            heldOut,
            SpanFile.read(spans).spanTokens(plan.small()));
    List<Path> inputs = new ArrayList<>(adapterFiles("sft"));
    inputs.addAll(List.of(learned, heldOut, plan.small(), plan.large()));
    stages.stage(
        "grpo",
        "and when it pays (GRPO)",
        config.toString(),
        inputs,
        adapterFiles("grpo"),
        own -> learning.run(config, own));
  }

  private List<Path> adapterFiles(String stage) {
    Path own = stages.folder(stage);
    return List.of(
        own.resolve("adapter/adapter_config.json"),
        own.resolve("adapter/adapter_model.safetensors"),
        own.resolve("adapter.gguf"));
  }

  private String last() {
    return plan.learnsByReward() ? "grpo" : "sft";
  }

  private void measure() throws IOException, InterruptedException {
    List<Path> inputs = new ArrayList<>(List.of(learned, heldOut, plan.small(), plan.large()));
    inputs.add(stages.folder("sft").resolve("adapter.gguf"));
    inputs.add(stages.folder(last()).resolve("adapter.gguf"));
    stages.stage(
        "measure",
        "measure before and after, beside what needs no training",
        "%s, share %s, spans %s, calibrated on %d"
            .formatted(options, plan.share(), plan.pair().spans(), plan.sizes().calibrated()),
        inputs,
        List.of(resultFile()),
        this::measure);
  }

  private void measure(Path own) throws IOException, InterruptedException {
    Benchmark known = ProblemSplit.read(learned, plan.sizes().calibrated());
    Path tried = own.resolve("calibration");
    PairSettings before = plan.pair();
    PairSettings imitating = plan.adapted("SFT", stages.folder("sft").resolve("adapter.gguf"));
    PairSettings after =
        plan.adapted(
            last().toUpperCase(Locale.ROOT), stages.folder(last()).resolve("adapter.gguf"));
    double entropy =
        new Calibration(0, 4, 6)
            .find(
                plan.share(),
                nats -> share(tried, known, before, "entropy:" + Math.max(0.01, nats)));
    double bias =
        -new Calibration(-6, 6, 5)
            .find(plan.share(), lowered -> share(tried, known, after, learned(-lowered)));

    Benchmark held = ProblemSplit.read(heldOut, 0);
    Path run = own.resolve("answers");
    List<String> baselines =
        List.of("small", "large", "random:" + plan.share(), "entropy:" + Math.max(0.01, entropy));
    List<Contender> contenders = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    ask(run, held, before, baselines, contenders, samples);
    if (plan.learnsByReward()) {
      ask(run, held, imitating, List.of("learned"), contenders, samples);
    }
    List<String> dial = bias == 0 ? List.of("learned") : List.of("learned", learned(bias));
    ask(run, held, after, dial, contenders, samples);

    List<Result> results = Results.of(contenders, samples, plan.seed());
    EvaluationReport.write(List.of(run), Profiles.load(Profiles.PAPER), null, folder);
    try (LineWriter writer = LineWriter.open(resultFile())) {
      writer.write(ResultsJson.of(results));
      writer.complete();
    }
  }

  private static String learned(double bias) {
    return bias == 0 ? "learned" : "learned:" + bias;
  }

  private double share(Path tried, Benchmark known, PairSettings pair, String policy)
      throws IOException, InterruptedException {
    return answering.measure(tried, known, pair, PolicyChoice.parse(policy)).offloadRatio();
  }

  private void ask(
      Path run,
      Benchmark held,
      PairSettings pair,
      List<String> policies,
      List<Contender> contenders,
      List<Sample> samples)
      throws IOException, InterruptedException {
    List<PolicyChoice> choices = policies.stream().map(PolicyChoice::parse).toList();
    choices.forEach(choice -> contenders.add(Answering.contender(pair, choice)));
    samples.addAll(answering.ask(run, held, pair, choices));
  }

  private Path resultFile() {
    return stages.folder("measure").resolve("results.json");
  }

  /** The figures, from the answers that were kept. */
  private List<Result> results() throws IOException {
    RunFolder run = RunFolder.read(stages.folder("measure").resolve("answers"));
    return Results.of(run.description().contenders(), run.samples(), plan.seed());
  }

  private void export(List<Result> results) throws IOException, InterruptedException {
    Path from = stages.folder(last());
    List<Path> inputs = new ArrayList<>(adapterFiles(last()));
    inputs.add(resultFile());
    Path own = stages.folder("adapter");
    stages.stage(
        "adapter",
        "the adapter and its model card",
        "as " + last() + " left it",
        inputs,
        List.of(
            own.resolve("adapter_config.json"),
            own.resolve("adapter_model.safetensors"),
            own.resolve("adapter.gguf"),
            own.resolve("README.md")),
        _ -> {
          for (Path file : adapterFiles(last())) {
            Files.copy(file, own.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
          }
          int epochs = learning.epochs(SpanFile.read(spans).traces());
          var card = new ModelCard(plan, epochs, results);
          Files.writeString(own.resolve("README.md"), card.text());
          Files.writeString(folder.resolve("splitreason.yaml"), card.configuration());
        });
  }
}
