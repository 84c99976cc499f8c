package dev.splitreason.cli.eval;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.evaluation.calibration.Dial;
import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.run.RunSettings;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason calibrate}: which number of a policy gives the large model which share. */
@Command(
    name = "calibrate",
    description = "Find the number of a policy at which the large model writes a given share.",
    customSynopsis = "splitreason calibrate [OPTIONS] --target-share SHARE",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason calibrate --target-share 0.05 --policies entropy,learned --limit 200",
      "  splitreason calibrate --target-share 0.1 --pair r1 --policies glimpse --benchmark"
          + " train.jsonl"
    })
public final class CalibrateCommand implements Callable<Integer>, Configurable {

  @Option(
      names = "--target-share",
      paramLabel = "SHARE",
      required = true,
      description = "The large model's share of the tokens that is wanted, as 0.05.")
  private double targetShare;

  @Option(
      names = "--policies",
      paramLabel = "LIST",
      defaultValue = "learned",
      description =
          "Comma-separated, without their numbers: learned, random, entropy, glimpse, judged,"
              + " route (default: ${DEFAULT-VALUE}).")
  private String policies = "";

  @ArgGroup(validate = false, heading = "%nThe problems, which are none to measure with later:%n")
  private final BenchmarkOptions benchmarkOptions = new BenchmarkOptions();

  @ArgGroup(validate = false, heading = "%nThe pair:%n")
  private final PairOptions pairOptions = new PairOptions();

  @ArgGroup(validate = false, heading = "%nThe answers:%n")
  private final SampleOptions sampleOptions = new SampleOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException {
    try (Shutdown _ = Shutdown.interrupting()) {
      try {
        return calibrate();
      } catch (InterruptedException e) {
        say("interrupted");
        return ExitStatus.INTERRUPTED;
      }
    }
  }

  private int calibrate() throws IOException, InterruptedException {
    Config config = invocation.config();
    List<Dial> dials = Arrays.stream(policies.split(",", -1)).map(this::dial).distinct().toList();
    PairSettings pair = pairOptions.choose(config);
    RunSettings settings =
        sampleOptions.settings(sampleOptions.request().over(config.defaults()).toOptions());
    Benchmark problems = benchmarkOptions.load(settings.seed());
    Set<Policy> needed =
        dials.stream().map(dial -> dial.at(0).policy()).collect(Collectors.toSet());
    Workload work =
        new Workload(needed, cores.count(), settings.inFlight())
            .ofAnswerTokens(settings.options().maxTokens());
    List<Row> rows;
    try (OpenPair open = OpenPair.open(pair, work);
        var checker = new AnswerChecker()) {
      var calibrator = new Calibrator(pair, open, problems, settings, checker, this::say);
      rows = turnAll(dials, calibrator);
    }
    show(pair, rows);
    return ExitStatus.OK;
  }

  private Dial dial(String name) {
    Dial dial = Dial.named(name);
    if (dial == null) {
      throw UserMistake.ofOption(
          "--policies", "has '" + name + "', which has no number to find: use " + Dial.names());
    }
    return dial;
  }

  private List<Row> turnAll(List<Dial> dials, Calibrator calibrator)
      throws IOException, InterruptedException {
    var rows = new ArrayList<Row>();
    for (Dial dial : dials) {
      Calibrator.Turned turned = calibrator.turn(dial, targetShare);
      Row row = Row.of(turned);
      if (!turned.found().reaches(targetShare)) {
        say(
            "%s comes no nearer to %.1f %% than %.1f %%"
                .formatted(dial.policy(), 100 * targetShare, 100 * row.offloadRatio()));
      }
      rows.add(row);
    }
    return rows;
  }

  private void show(PairSettings pair, List<Row> rows) {
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(new Document(targetShare, rows));
      return;
    }
    rows.forEach(row -> out.println(row.line()));
    out.println("");
    out.println("# for the configuration file");
    out.println("pairs:");
    out.println("  " + pair.name() + ":");
    out.println("    policy: \"" + rows.getFirst().policy() + "\"");
  }

  private void say(String line) {
    invocation.stderr().println("calibrate: " + line);
  }

  /**
   * The document of {@code calibrate --json}.
   *
   * @param targetShare what was wanted
   * @param results one for each policy
   */
  private record Document(double targetShare, List<Row> results) {}

  /**
   * A policy with its number.
   *
   * @param policy as options take it
   * @param offloadRatio its share on the problems that it was found on
   * @param offloadCi95 the lower and the upper end of that share's interval over problems
   */
  private record Row(
      String policy,
      double offloadRatio,
      List<Double> offloadCi95,
      double accuracy,
      int problems,
      int trials) {

    static Row of(Calibrator.Turned turned) {
      Result result = turned.result();
      Interval share = result.offloadCi95();
      return new Row(
          turned.found().policy().label(),
          result.offloadRatio(),
          List.of(share.low(), share.high()),
          result.accuracy(),
          result.problems(),
          turned.found().trials());
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-18s %5.2f %% of the tokens (95 %% interval %.2f … %.2f), %.1f %% right, %d trials of"
              + " %d problems",
          policy,
          100 * offloadRatio,
          100 * offloadCi95.getFirst(),
          100 * offloadCi95.getLast(),
          100 * accuracy,
          trials,
          problems);
    }
  }
}
