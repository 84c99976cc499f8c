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
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.calibration.Dial;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Results;
import dev.splitreason.evaluation.metric.TokenPrices;
import dev.splitreason.evaluation.report.EvaluationReport;
import dev.splitreason.evaluation.report.Failures;
import dev.splitreason.evaluation.report.ResultsJson;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Entry;
import dev.splitreason.evaluation.run.EvaluationRun;
import dev.splitreason.evaluation.run.Revision;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleListener;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.Advice;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import dev.splitreason.simulator.profile.PairProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
              + " entropy:T, glimpse:T, cues[:WORD|WORD], judged:T, route:T[:TOKENS]. With"
              + " --target-share those without their number are calibrated. Gains are over the"
              + " first (default: ${DEFAULT-VALUE}).")
  private String policies = "";

  @ArgGroup(validate = false, heading = "%nThe same share for all:%n")
  private final TargetOptions target = new TargetOptions();

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

  @Mixin private final PriceOptions priceOptions = new PriceOptions();

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
        say("interrupted; " + kept);
        return ExitStatus.INTERRUPTED;
      }
    }
  }

  private int measure() throws IOException, InterruptedException {
    Config config = invocation.config();
    RequestSettings request = sampleOptions.request();
    RequestSettings said = request.over(config.defaults());
    List<PairSettings> pairs = pairOptions.chooseEach(config);
    Benchmark benchmark = benchmarkOptions.load(sampleOptions.seed());
    TokenPrices prices = priceOptions.prices();
    List<PolicyChoice> choices =
        target.share() == null
            ? choices(said.toOptions().offloadBias())
            : calibrated(pairs, benchmark, said);
    List<PlannedPair> plan = PlannedPair.of(pairs, choices);
    Advice advice = Advice.ofFirst(writers(plan));
    RunSettings settings = sampleOptions.settings(said.over(advice.request()).toOptions());
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
            List.of(commandLine()),
            List.of(Surroundings.now(writers(plan), settings.inFlight())));

    if (advice.source() != null && said.sampling().temperature() == null) {
      Sampling sampling = settings.options().sampling();
      say(
          "sampled as the model asks (%s): temperature %s, top-p %s, top-k %s"
              .formatted(
                  advice.source(), sampling.temperature(), sampling.topP(), sampling.topK()));
    }
    try (SampleLog log =
            output == null ? SampleLog.inMemory() : RunFolder.begin(output, description);
        var checker = new AnswerChecker()) {
      Revision.of(log, benchmark, checker).lines().forEach(this::say);
      long total = wanted(contenders, benchmark, settings);
      long finished = finished(contenders, benchmark, settings, log);
      try (Progress progress =
          Progress.towards("eval", "samples", total, finished, invocation.stderr())) {
        var listener = new SampleProgress(progress, finished);
        for (PlannedPair pair : plan) {
          run(pair, benchmark, settings, checker, log, listener);
        }
      }
      List<Sample> drawn = asked(benchmark, settings, log);
      List<Result> results = Results.of(contenders, drawn, settings.seed());
      show(results);
      Failures.lines(results, drawn).forEach(this::say);
    }
    if (output != null) {
      say(EvaluationReport.write(List.of(output), simulated, prices, output).toString());
    }
    return ExitStatus.OK;
  }

  /** The policies, those without their number with that of the share that is asked for. */
  private List<PolicyChoice> calibrated(
      List<PairSettings> pairs, Benchmark benchmark, RequestSettings said)
      throws IOException, InterruptedException {
    if (pairs.size() != 1) {
      throw UserMistake.ofOption("--target-share", "is for one pair at a time");
    }
    PairSettings pair = pairs.getFirst();
    Benchmark problems = target.problems(benchmark, benchmarkOptions, sampleOptions.seed());
    List<String> names = List.of(policies.split(",", -1));
    Set<Policy> dialled =
        names.stream()
            .map(Dial::named)
            .filter(Objects::nonNull)
            .map(dial -> dial.at(0).policy())
            .collect(Collectors.toSet());
    List<ModelSettings> writers =
        Stream.of(pair.small(), pair.base(), pair.large()).filter(Objects::nonNull).toList();
    RunSettings settings =
        sampleOptions.settings(said.over(Advice.ofFirst(writers).request()).toOptions());
    var work =
        new Workload(dialled, cores.count(), settings.inFlight())
            .ofAnswerTokens(settings.options().maxTokens());
    List<PolicyChoice> choices = new ArrayList<>();
    if (dialled.isEmpty()) {
      return PolicyChoice.parseList(policies);
    }
    try (OpenPair open = OpenPair.open(pair, work);
        var checker = new AnswerChecker()) {
      var calibrator = new Calibrator(pair, open, problems, settings, checker, this::say);
      for (String name : names) {
        Dial dial = Dial.named(name);
        choices.add(
            dial == null
                ? PolicyChoice.parse(name)
                : calibrator.turn(dial, target.required()).found().policy());
      }
    }
    return choices.stream().distinct().toList();
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
    var work =
        new Workload(Set.copyOf(needed), cores.count(), settings.inFlight())
            .ofAnswerTokens(settings.options().maxTokens());
    try (OpenPair open = OpenPair.open(planned.pair(), work)) {
      List<Entry> entries =
          planned.contenders().entrySet().stream()
              .map(contender -> new Entry(contender.getKey(), contender.getValue(), open.pair()))
              .toList();
      if (open.answersAtOnce() < settings.inFlight()) {
        say(
            "memory has room for %d of these answers at once, not %d"
                .formatted(open.answersAtOnce(), settings.inFlight()));
      }
      new EvaluationRun(
              benchmark, settings.withInFlight(open.answersAtOnce()), checker, log, progress)
          .run(entries);
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

  /** The models that write under any of the policies. */
  private static List<ModelSettings> writers(List<PlannedPair> plan) {
    return plan.stream().flatMap(pair -> pair.writers().stream()).distinct().toList();
  }

  /** The samples that were asked for; the folder may have others, of problems that are gone. */
  private static List<Sample> asked(Benchmark benchmark, RunSettings settings, SampleLog log) {
    Set<String> problems =
        benchmark.problems().stream().map(Problem::id).collect(Collectors.toSet());
    return log.samples().stream()
        .filter(sample -> problems.contains(sample.key().problem()))
        .filter(sample -> sample.key().sample() < settings.samples())
        .toList();
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
      say(advice);
    }
  }

  private void say(String line) {
    invocation.stderr().println("eval: " + line);
  }

  private String commandLine() {
    return "splitreason " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
