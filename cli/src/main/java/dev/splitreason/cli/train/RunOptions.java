package dev.splitreason.cli.train;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.GlooProcesses;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.StoppedByLossException;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that every kind of training has, and what they do. */
final class RunOptions {

  /** A checkpoint of a large model takes a while. */
  private static final Duration SAVING = Duration.ofMinutes(10);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A key of the configuration, such as optimizer.rate=1e-3; may be repeated.")
  private final List<String> settings = new ArrayList<>();

  @Option(
      names = {"--output", "-o"},
      paramLabel = "FOLDER",
      description = "The folder of the run; it is made.")
  private @Nullable Path output;

  @Option(names = "--resume", description = "Go on with the run that is in the folder.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Only tell parameters, memory, steps and tokens; nothing is trained.")
  private boolean dryRun;

  @Option(
      names = "--nproc",
      paramLabel = "N",
      defaultValue = "1",
      description = "Train with N processes on this machine, which add their gradients up.")
  private int processCount;

  @Option(
      names = "--json",
      description = "Print one JSON document: the estimate of a dry run, or how the run ended.")
  private boolean json;

  /** A kind of training, once its configuration is known. */
  @FunctionalInterface
  interface Training<C extends Record> {
    End run(
        C config,
        TrainingFolder folder,
        Processes processes,
        RunListener listener,
        BooleanSupplier stop)
        throws IOException, InterruptedException;
  }

  /** Reckons what a training needs. */
  @FunctionalInterface
  interface Estimate<C extends Record> {
    RunEstimate of(C config) throws IOException, InterruptedException;
  }

  /** Does what was asked for; gives the exit status. */
  <C extends Record> int run(
      C config, CommandLine command, Estimate<C> estimate, Training<C> training)
      throws IOException, InterruptedException {
    if (processCount < 1) {
      throw UserMistake.ofOption("--nproc", "must be 1 or more, not " + processCount);
    }
    if (processCount > 1 && !dryRun) {
      return LocalProcesses.run(processCount, command.getParseResult().originalArgs());
    }
    if (!dryRun) {
      return train(config, command.getErr(), training);
    }
    Stdout out = Stdout.ofProcess();
    RunEstimate needed = estimate.of(config);
    if (json) {
      out.json(EstimateDocument.of(needed));
    } else {
      needed.lines().forEach(out::println);
    }
    return ExitStatus.OK;
  }

  /**
   * The configuration as resolved; of a run that goes on, its own.
   *
   * @param file that was given, or null
   */
  <C extends Record> C config(C defaults, @Nullable Path file) throws IOException {
    if (!resume) {
      return ConfigFile.read(defaults, file, settings);
    }
    if (file != null) {
      throw new UserMistake(
          "--resume goes on with the run's own configuration",
          "leave out --config (--set changes" + " single keys)");
    }
    return ConfigFile.read(defaults, TrainingFolder.resume(folder()).config(), settings);
  }

  private <C extends Record> int train(C config, PrintWriter stderr, Training<C> training)
      throws IOException, InterruptedException {
    var stop = new AtomicBoolean();
    try (Shutdown _ = Shutdown.calling(() -> stop.set(true), SAVING);
        Processes processes = GlooProcesses.of(System.getenv())) {
      TrainingFolder run = folder(config, processes);
      var progress = new TrainingProgress(stderr, processes.isFirst());
      End end = train(config, training, run, processes, progress, stop::get);
      if (json && processes.isFirst()) {
        Stdout.ofProcess().json(EndDocument.of(end, run));
      }
      if (end == End.STOPPED) {
        progress.say("stopped and saved; --resume goes on");
        return ExitStatus.INTERRUPTED;
      }
      progress.say("done" + progress.measured() + "; the model is in " + run.model());
      return ExitStatus.OK;
    } catch (StoppedByLossException e) {
      stderr.println("splitreason: " + e.getMessage());
      return ExitStatus.FAILURE;
    }
  }

  private <C extends Record> End train(
      C config,
      Training<C> training,
      TrainingFolder run,
      Processes processes,
      TrainingProgress progress,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    try (progress) {
      return training.run(config, run, processes, progress, stop);
    } finally {
      if (!resume && processes.isFirst()) {
        run.abandonUnlessLogged();
      }
    }
  }

  /** One process makes the folder; the others know only where it is. */
  private TrainingFolder folder(Record config, Processes processes) throws IOException {
    if (!processes.isFirst()) {
      return new TrainingFolder(folder());
    }
    return resume ? TrainingFolder.resume(folder()) : TrainingFolder.begin(folder(), config);
  }

  private Path folder() {
    if (output == null) {
      throw new UserMistake("say where the run goes", "--output FOLDER");
    }
    return output;
  }
}
