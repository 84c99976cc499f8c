package dev.splitreason.cli.simulate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.fleet.Demand;
import dev.splitreason.simulator.fleet.Fleet;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that make a fleet of it: many answers on many devices. */
final class FleetOptions {

  @Option(
      names = "--fleet",
      description =
          "Simulate many answers on many devices, against the large model on all of them.")
  private boolean fleet;

  @Option(
      names = "--arrivals",
      paramLabel = "RATE",
      description = "Answers asked for in a second, at random times.")
  private @Nullable Double arrivals;

  @Option(
      names = "--small-devices",
      paramLabel = "N",
      description = "Devices with the small model (default: one copy's).")
  private @Nullable Integer smallDevices;

  @Option(
      names = "--large-devices",
      paramLabel = "N",
      description = "Devices with the large model (default: one copy's).")
  private @Nullable Integer largeDevices;

  @Option(
      names = "--small-batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most answers that a copy of the small model holds at a time (default: 64).")
  private int smallBatch;

  @Option(
      names = "--large-batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most answers that a copy of the large model holds at a time (default: 64).")
  private int largeBatch;

  boolean wanted() {
    if (!fleet && (arrivals != null || smallDevices != null || largeDevices != null)) {
      throw new UserMistake("--arrivals and --…-devices need --fleet");
    }
    return fleet;
  }

  Fleet of(PairProfile profile) {
    if (profile.sharedDevice()) {
      throw new UserMistake(
          "a fleet has devices for each model: '" + profile.name() + "' has one for both");
    }
    return new Fleet(
        profile,
        smallDevices == null ? profile.small().devices() : smallDevices,
        largeDevices == null ? profile.large().devices() : largeDevices,
        smallBatch,
        largeBatch);
  }

  Demand demand(List<Outline> outlines, long seed) {
    if (arrivals == null) {
      throw UserMistake.ofOption("--fleet", "needs --arrivals, the answers asked for in a second");
    }
    return new Demand(outlines, arrivals, seed);
  }
}
