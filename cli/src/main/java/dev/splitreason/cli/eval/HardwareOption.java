package dev.splitreason.cli.eval;

import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The option that says on which hardware a report simulates the answers. */
final class HardwareOption {

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      defaultValue = Profiles.PAPER,
      description =
          "Hardware on which the report simulates the answers, as simulate takes it (default:"
              + " ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String profile;

  PairProfile profile() throws IOException {
    return Profiles.load(profile);
  }
}
