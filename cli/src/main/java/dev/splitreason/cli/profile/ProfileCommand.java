package dev.splitreason.cli.profile;

import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import dev.splitreason.pairs.open.ThreadShares;
import dev.splitreason.simulator.measure.MeasurementPlan;
import dev.splitreason.simulator.measure.ModelMeasurement;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.ProfileJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason profile}: measures a pair on this machine, one model after the other. */
@Command(
    name = "profile",
    description =
        "Measure how fast the models of a pair run on this machine; the result is a JSON document"
            + " for 'simulate --profile'.",
    customSynopsis = "splitreason profile [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason profile --output here.json",
      "  splitreason profile --small 1.5b.gguf --large 7b.gguf --output here.json",
      "  splitreason simulate --profile here.json"
    })
public final class ProfileCommand implements Callable<Integer>, Configurable {

  @Option(
      names = {"--output", "-o"},
      paramLabel = "FILE",
      description = "Write the profile to this file instead of stdout.")
  private @Nullable Path output;

  @Option(
      names = "--contexts",
      paramLabel = "N",
      split = ",",
      description = "Lengths of a sequence to measure at (default: 64,256,1024).")
  private List<Integer> contexts = MeasurementPlan.DEFAULT.contexts();

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      description = "Numbers of sequences that decode at once (default: 1,2,4).")
  private List<Integer> batches = MeasurementPlan.DEFAULT.batches();

  @Option(
      names = "--prefills",
      paramLabel = "N",
      split = ",",
      description = "Numbers of tokens prefilled at once (default: 1,8,32,128,512).")
  private List<Integer> prefills = MeasurementPlan.DEFAULT.prefills();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each is measured; the median counts (default: 3).")
  private int repeats = MeasurementPlan.DEFAULT.repeats();

  @Option(names = "--json", description = "Print one JSON document: what this command does anyway.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nThe models:%n")
  private final PairOptions pairOptions = new PairOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (output != null) {
      OutputFile.requireWritable(output);
    }
    PairSettings pair = pairOptions.choose(invocation.config());
    MeasurementPlan plan =
        new MeasurementPlan(
            contexts,
            batches,
            prefills,
            MeasurementPlan.DEFAULT.decoded(),
            pair.spans().chunk(),
            repeats);
    ThreadShares shares =
        ThreadShares.sideBySide(cores.count())
            .forWeights(pair.small().location().bytes(), pair.large().location().bytes());
    ModelProfile small = measure(pair.small().onThreads(shares.small()), plan);
    ModelProfile large = measure(pair.large().onThreads(shares.large()), plan);
    print(new PairProfile(pair.name(), source(shares, plan), small, large, false));
    return 0;
  }

  private ModelProfile measure(ModelSettings settings, MeasurementPlan plan)
      throws InterruptedException {
    // Twice as many as are in use: the engine frees a closed session a moment later.
    try (OpenModel open = Models.open(settings, 2 * plan.sessions())) {
      return new ModelMeasurement(open.model(), plan, System::nanoTime, this::tell).measure();
    }
  }

  private void tell(String line) {
    invocation.stderr().println(line);
  }

  private void print(PairProfile profile) throws IOException {
    if (output == null || json) {
      Stdout.ofProcess().print(ProfileJson.write(profile));
    }
    if (output != null) {
      Files.writeString(output, ProfileJson.write(profile));
    }
  }

  private static String source(ThreadShares shares, MeasurementPlan plan) {
    return "Measured by 'splitreason profile': medians of "
        + plan.repeats()
        + ", small model on "
        + shares.small()
        + " and large on "
        + shares.large()
        + " CPU threads, one after the other.";
  }
}
