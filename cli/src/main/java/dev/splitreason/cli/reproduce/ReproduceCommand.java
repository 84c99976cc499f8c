package dev.splitreason.cli.reproduce;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.process.OwnCommand;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.pairs.config.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason reproduce}: makes the bundled pair again, from nothing to a report. */
@Command(
    name = "reproduce",
    description = {
      "Make the bundled pair from nothing: pre-training, annotation, SFT, GRPO, evaluation.",
      "Every step is a command of its own and is shown as it is run. The same command goes on"
          + " where it was stopped."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason reproduce --quick",
      "  splitreason reproduce --output runs/pair",
      "  splitreason reproduce --dry-run"
    })
public final class ReproduceCommand implements Callable<Integer> {

  /** A step that is asked to stop saves itself first. */
  private static final Duration SAVING = Duration.ofMinutes(10);

  @Option(
      names = "--quick",
      description = "Short problems with small numbers: minutes instead of hours on two cores.")
  private boolean quick;

  @Option(
      names = {"--output", "-o"},
      paramLabel = "FOLDER",
      description = "Gets every model, run and figure (default: runs/reproduce, or runs/quick).")
  private @Nullable Path output;

  @Option(names = "--dry-run", description = "Only show the commands.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what was made as JSON.")
  private boolean json;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = output != null ? output : Path.of("runs", quick ? "quick" : "reproduce");
    Journey journey = quick ? Journey.quick(folder, recipes()) : Journey.full(folder, recipes());
    if (dryRun) {
      showSteps(journey);
      return ExitStatus.OK;
    }
    OutputFile.makeFolder(folder);
    Files.writeString(journey.configurationFile(), journey.configuration());
    invocation
        .stderr()
        .println(
            "reproduce: %d steps, %s on two cores that have nothing else to do"
                .formatted(journey.steps().size(), quick ? "three minutes" : "about two hours"));
    int status = walk(journey.steps());
    if (status == ExitStatus.OK) {
      show(journey);
    }
    return status;
  }

  private void showSteps(Journey journey) {
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(
          new Planned(
              journey.configurationFile().toString(),
              journey.configuration(),
              journey.steps().stream().map(Planned.Command::of).toList()));
    } else {
      out.println("mkdir -p " + journey.configurationFile().getParent());
      out.println("cat > " + journey.configurationFile() + " <<'END'");
      out.print(journey.configuration());
      out.println("END");
      journey.steps().forEach(step -> out.println(spelled(step.arguments())));
    }
  }

  /** Runs what is not yet done; gives the exit status of the first step that failed. */
  private int walk(List<Step> steps) throws IOException, InterruptedException {
    PrintWriter stderr = invocation.stderr();
    OwnCommand own = OwnCommand.of(List.of());
    var running = new AtomicReference<@Nullable Process>();
    try (Shutdown _ = Shutdown.calling(() -> stop(running.get()), SAVING)) {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        String place = "[%d/%d] %s".formatted(i + 1, steps.size(), step.title());
        if (step.isDone()) {
          stderr.println(place + ": done before");
          continue;
        }
        stderr.println(place + "\n  " + spelled(step.command()));
        long began = System.nanoTime();
        Process process = start(own.with(step.command()));
        running.set(process);
        process.getInputStream().transferTo(System.err);
        int status = process.waitFor();
        if (status != ExitStatus.OK) {
          stderr.println("reproduce: not done; the same command goes on with this step");
          return status;
        }
        stderr.println("  took " + seconds(began));
      }
    }
    return ExitStatus.OK;
  }

  /** What steps print is progress here: standard output is for what was made. */
  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void stop(@Nullable Process process) {
    if (process != null) {
      process.destroy();
    }
  }

  private void show(Journey journey) {
    Stdout out = Stdout.ofProcess();
    Path report = journey.steps().getLast().result();
    if (json) {
      out.json(new Made(report.toString(), journey.configurationFile().toString()));
    } else {
      out.println("report: " + report);
      out.println(
          "try it: splitreason ask --config %s \"%s\""
              .formatted(journey.configurationFile(), journey.example()));
    }
  }

  private static String seconds(long began) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return "%d:%02d:%02d".formatted(took.toHours(), took.toMinutesPart(), took.toSecondsPart());
  }

  private static String spelled(List<String> arguments) {
    return "splitreason " + String.join(" ", arguments);
  }

  private static Path recipes() {
    Path models = Installation.models(System.getenv());
    if (models == null || !Files.isDirectory(models.resolve("recipes"))) {
      throw new UserMistake("the recipes are not there", "run the command from its repository");
    }
    return models.resolve("recipes");
  }

  /**
   * The document of {@code reproduce --dry-run --json}.
   *
   * @param config the file that is written first, which names the pairs
   * @param configuration what is in it
   * @param steps in order
   */
  private record Planned(String config, String configuration, List<Command> steps) {

    /**
     * One command.
     *
     * @param title what it is for
     * @param arguments of {@code splitreason}
     * @param result the file by which it is known to be done
     */
    private record Command(String title, List<String> arguments, String result) {

      static Command of(Step step) {
        return new Command(step.title(), step.arguments(), step.result().toString());
      }
    }
  }

  /**
   * The document of {@code reproduce --json}.
   *
   * @param report the page of the evaluation
   * @param config the configuration in which the pair is
   */
  private record Made(String report, String config) {}
}
