package dev.splitreason.cli.simulate;

import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.simulate.AnswerOptions.Answers;
import dev.splitreason.simulator.PaperComparison;
import dev.splitreason.simulator.Simulation;
import dev.splitreason.simulator.SimulationReport;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.fleet.FleetReport;
import dev.splitreason.simulator.fleet.FleetSimulation;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.ProfileJson;
import dev.splitreason.simulator.profile.Profiles;
import dev.splitreason.simulator.report.FleetText;
import dev.splitreason.simulator.report.SimulationText;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code splitreason simulate}: tells what split decoding would cost on given hardware. */
@Command(
    name = "simulate",
    description = "Simulate how fast answers would be on given hardware, and what they would cost.",
    customSynopsis = "splitreason simulate [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason simulate",
      "  splitreason simulate --profile roofline:h100:1.5b:32b --offload-ratio 0.05",
      "  splitreason simulate --profile here.json --traces answers.jsonl --json",
      "  splitreason simulate --fleet --profile roofline:h100:1.5b:32b --arrivals 0.5 \\",
      "      --small-devices 1 --large-devices 2"
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final int ANSWERS = 200;
  private static final int FLEET_ANSWERS = 1000;

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      defaultValue = Profiles.PAPER,
      description = "The hardware: " + Profiles.NAMES + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String profile;

  @Option(
      names = "--shared-device",
      description = "Let both models share one device, one forward pass at a time.")
  private boolean sharedDevice;

  @Option(
      names = "--print-profile",
      description = "Print the profile as a file to change, and simulate nothing.")
  private boolean printProfile;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nThe answers:%n")
  private final AnswerOptions answers = new AnswerOptions();

  @ArgGroup(validate = false, heading = "%nThe decoding:%n")
  private final DecodingOptions decoding = new DecodingOptions();

  @ArgGroup(validate = false, heading = "%nA fleet:%n")
  private final FleetOptions fleet = new FleetOptions();

  @Override
  public Integer call() throws IOException {
    PairProfile loaded = Profiles.load(profile);
    PairProfile pair = sharedDevice ? loaded.withSharedDevice(true) : loaded;
    Stdout out = Stdout.ofProcess();
    if (printProfile) {
      out.print(ProfileJson.write(pair));
    } else if (fleet.wanted()) {
      show(fleetReport(pair), FleetText::of, out);
    } else {
      show(report(pair), SimulationText::of, out);
    }
    return 0;
  }

  private <R extends Record> void show(R report, Function<R, String> text, Stdout out) {
    if (json) {
      out.json(report);
    } else {
      out.print(text.apply(report));
    }
  }

  private SimulationReport report(PairProfile pair) throws IOException {
    Answers simulated = answers.load(ANSWERS);
    SplitSettings settings = decoding.settings(simulated.spans());
    SimulationReport report =
        new Simulation(pair, simulated.outlines(), settings, answers.seed())
            .run(decoding.modes(Mode.LARGE, Mode.SMALL, Mode.SEQUENTIAL, Mode.PIPELINED));
    return pair.name().equals(Profiles.PAPER)
        ? report.with(PaperComparison.simulate(pair, answers.generator(), settings, answers.seed()))
        : report;
  }

  private FleetReport fleetReport(PairProfile pair) throws IOException {
    Answers simulated = answers.load(FLEET_ANSWERS);
    return new FleetSimulation(
            fleet.of(pair),
            fleet.demand(simulated.outlines(), answers.seed()),
            decoding.settings(simulated.spans()))
        .run(decoding.modes(Mode.LARGE, Mode.SEQUENTIAL, Mode.PIPELINED));
  }
}
