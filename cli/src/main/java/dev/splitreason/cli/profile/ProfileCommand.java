package dev.splitreason.cli.profile;

import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import dev.splitreason.simulator.measure.MeasurementPlan;
import dev.splitreason.simulator.measure.ModelMeasurement;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.ProfileJson;
import dev.splitreason.simulator.profile.UnfinishedProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code splitreason profile}: measures a pair on this machine, one model after the other; several
 * large models may stand in for the one.
 */
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
      "  splitreason profile --small 1.5b.gguf --large 7b.gguf --large 14b.gguf -o here.json",
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
    List<PairSettings> pairs = pairOptions.chooseEach(invocation.config());
    PairSettings pair = requireOneSmall(pairs);
    MeasurementPlan plan =
        new MeasurementPlan(
            contexts,
            batches,
            prefills,
            MeasurementPlan.DEFAULT.decoded(),
            pair.spans().chunk(),
            repeats);
    String source = source(plan);
    ModelProfile small = small(pair, plan, source);
    List<ModelProfile> large = new ArrayList<>();
    ModelException failure = null;
    for (PairSettings each : pairs) {
      try {
        large.add(measure(each.large(), plan));
      } catch (ModelException e) {
        failure = e;
        tell(each.large().name() + " is left out: " + e.getMessage());
      }
    }
    if (large.isEmpty()) {
      if (output != null) {
        var unfinished = new UnfinishedProfile(pair.name(), source, small);
        Files.writeString(output, ProfileJson.write(unfinished));
      }
      throw Objects.requireNonNull(failure);
    }
    List<ModelProfile> others = large.subList(1, large.size());
    print(new PairProfile(pair.name(), source, small, large.getFirst(), others, false));
    return failure == null ? 0 : 1;
  }

  /** Measures the small model, unless that was done before in the same way and the large failed. */
  private ModelProfile small(PairSettings pair, MeasurementPlan plan, String source)
      throws IOException, InterruptedException {
    UnfinishedProfile before = output == null ? null : ProfileJson.readUnfinished(output);
    if (before != null
        && before.source().equals(source)
        && before.small().name().equals(pair.small().name())) {
      tell(pair.small().name() + " was measured before: taken from " + output);
      return before.small();
    }
    return measure(pair.small(), plan);
  }

  private static PairSettings requireOneSmall(List<PairSettings> pairs) {
    if (pairs.stream().map(pair -> pair.small().name()).distinct().count() > 1) {
      throw UserMistake.ofOption("--small", "names one model here; --large may name several");
    }
    return pairs.getFirst();
  }

  private ModelProfile measure(ModelSettings settings, MeasurementPlan plan)
      throws InterruptedException {
    ModelSettings located = Models.located(settings).onThreads(cores.count());
    // Twice as many as are in use: the engine frees a closed session a moment later.
    try (OpenModel open = Models.open(located, 2 * plan.sessions())) {
      return new ModelMeasurement(open.model(), plan, System::nanoTime, this::tell)
          .measure()
          .withName(settings.name());
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

  private String source(MeasurementPlan plan) {
    return "Measured by 'splitreason profile': medians of "
        + plan.repeats()
        + ", on up to "
        + cores.count()
        + " CPU threads, one model after the other; contexts "
        + plan.contexts()
        + ", batches "
        + plan.batches()
        + ", prefills "
        + plan.prefills()
        + ".";
  }
}
