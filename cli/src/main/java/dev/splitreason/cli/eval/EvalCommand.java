package dev.splitreason.cli.eval;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.progress.Progress;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.report.EvaluationReport;
import dev.splitreason.evaluation.report.ResultsJson;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Entry;
import dev.splitreason.evaluation.run.EvaluationRun;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleListener;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import dev.splitreason.simulator.profile.PairProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason eval}: how well, and at what cost, policies answer a benchmark. */
@Command(
    name = "eval",
    description = "Measure policies on the same problems: accuracy, offloading, latency.",
    customSynopsis = "splitreason eval [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason eval --policies small,large,random:0.10,learned --limit 200 --output"
          + " runs/chain",
      "  splitreason eval --policies learned:-2,learned,learned:+2 --json",
      "  splitreason eval --benchmark math-500:test.jsonl --pair r1 --samples 4 --temperature 0.6"
    })
public final class EvalCommand implements Callable<Integer>, Configurable {

  @ArgGroup(validate = false, heading = "%nThe benchmark:%n")
  private final BenchmarkOptions benchmarkOptions = new BenchmarkOptions();

  @ArgGroup(validate = false, heading = "%nThe contenders (--small and --large may be repeated):%n")
  private final PairOptions pairOptions = new PairOptions();

  @Option(
      names = "--policies",
      paramLabel = "LIST",
      defaultValue = "small,large,random:0.10,learned",
      description =
          "Comma-separated: small, large, learned, learned:BIAS (as learned:+2), random:P[:CHUNK],"
              + " entropy:T. Gains are over the first (default: ${DEFAULT-VALUE}).")
  private String policies = "";

  @ArgGroup(validate = false, heading = "%nThe answers:%n")
  private final SampleOptions sampleOptions = new SampleOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @Option(
      names = {"--output", "-o"},
      paramLabel = "DIR",
      description =
          "Keep every sample here as it is finished, and write a report at the end; the same"
              + " command goes on where it was stopped.")
  private @Nullable Path output;

  @Mixin private final HardwareOption hardware = new HardwareOption();

  @Option(names = "--json", description = "Print one JSON document instead of a table.")
  private boolean json;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (Shutdown _ = Shutdown.interrupting()) {
      try {
        return measure();
      } catch (InterruptedException e) {
        String kept =
            output == null
                ? "nothing was kept; with --output DIR it could go on"
                : "finished samples are in " + output + ", and the same command goes on from there";
        invocation.stderr().println("eval: interrupted; " + kept);
        return ExitStatus.INTERRUPTED;
      }
    }
  }

  private int measure() throws IOException, InterruptedException {
    Config config = invocation.config();
    RequestSettings request = sampleOptions.request();
    RunSettings settings = sampleOptions.settings(request.over(config.defaults()).toOptions());
    List<PolicyChoice> choices = choices(settings.options().offloadBias());
    List<PlannedPair> plan = PlannedPair.of(pairOptions.chooseEach(config), choices);
    Benchmark benchmark = benchmarkOptions.load(settings.seed());
    PairProfile simulated = hardware.profile();
    List<Contender> contenders =
        plan.stream().flatMap(pair -> pair.contenders().keySet().stream()).toList();
    var description =
        new RunDescription(
            benchmark.name(),
            settings.seed(),
            SampleOptions.describe(settings.options()),
            spans(plan),
            contenders,
            List.of(commandLine()));

    try (SampleLog log =
            output == null ? SampleLog.inMemory() : RunFolder.begin(output, description);
        var checker = new AnswerChecker()) {
      long total = wanted(contenders, benchmark, settings);
      long finished = finished(contenders, benchmark, settings, log);
      try (Progress progress =
          Progress.towards("eval", "samples", total, finished, invocation.stderr())) {
        var listener = new SampleProgress(progress, finished);
        for (PlannedPair pair : plan) {
          run(pair, benchmark, settings, checker, log, listener);
        }
      }
      show(Results.of(contenders, log.samples(), settings.seed()));
    }
    if (output != null) {
      invocation
          .stderr()
          .println("eval: " + EvaluationReport.write(List.of(output), simulated, output));
    }
    return ExitStatus.OK;
  }

  /** The policies, the learned ones with the bias that is asked for. */
  private List<PolicyChoice> choices(double bias) {
    List<PolicyChoice> listed = PolicyChoice.parseList(policies);
    if (bias == 0) {
      return listed;
    }
    List<PolicyChoice> choices =
        listed.stream().map(choice -> choice.withUsualBias(bias)).distinct().toList();
    if (choices.equals(listed)) {
      sampleOptions.requireNoBias();
    }
    return choices;
  }

  private void run(
      PlannedPair planned,
      Benchmark benchmark,
      RunSettings settings,
      AnswerChecker checker,
      SampleLog log,
      SampleListener progress)
      throws IOException, InterruptedException {
    Set<Contender> contenders = planned.contenders().keySet();
    if (finished(contenders, benchmark, settings, log) == wanted(contenders, benchmark, settings)) {
      return;
    }
    List<Policy> needed = planned.contenders().values().stream().map(PolicyChoice::policy).toList();
    var work = new Workload(Set.copyOf(needed), true, cores.count(), settings.inFlight());
    try (OpenPair open = OpenPair.open(planned.pair(), work)) {
      List<Entry> entries =
          planned.contenders().entrySet().stream()
              .map(contender -> new Entry(contender.getKey(), contender.getValue(), open.pair()))
              .toList();
      new EvaluationRun(benchmark, settings, checker, log, progress).run(entries);
    }
  }

  private static long wanted(
      Collection<Contender> contenders, Benchmark benchmark, RunSettings settings) {
    return (long) contenders.size() * benchmark.problems().size() * settings.samples();
  }

  /** How many of the wanted samples there are: of the few that are, not of all that will be. */
  private static long finished(
      Collection<Contender> contenders, Benchmark benchmark, RunSettings settings, SampleLog log) {
    Map<String, String> questions =
        benchmark.problems().stream().collect(Collectors.toMap(Problem::id, Problem::text));
    return log.samples().stream()
        .map(Sample::key)
        .filter(key -> contenders.contains(key.contender()) && key.sample() < settings.samples())
        .filter(key -> log.has(key, questions.getOrDefault(key.problem(), "")))
        .count();
  }

  private static SortedMap<String, SpanSettings> spans(List<PlannedPair> plan) {
    SortedMap<String, SpanSettings> spans = new TreeMap<>();
    plan.forEach(planned -> spans.put(planned.pair().name(), planned.pair().spans()));
    return spans;
  }

  private void show(List<Result> results) {
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(ResultsJson.of(results));
    } else {
      out.print(ResultsTable.of(results));
    }
    String advice = ResultsTable.advice(results);
    if (advice != null) {
      invocation.stderr().println("eval: " + advice);
    }
  }

  private String commandLine() {
    return "splitreason " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
