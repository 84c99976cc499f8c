package dev.splitreason.benchmarks.hostile;

import dev.splitreason.benchmarks.BenchmarkCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code benchmarks/hostile-models/run}: files that are not what they say are opened in
 * this process, one after another. Ends with an error if one hangs, tells more than a line or takes
 * too much memory, and not at all if one ends the process.
 */
@Command(
    name = "hostile-models",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Opens damaged and odd model files, or measures what opening a known one costs.")
public final class HostileModels implements Callable<Integer> {

  /** What is done. */
  enum Subject {
    /** Damaged copies of a model are opened. */
    MUTANTS,
    /** Damaged copies of a model are imported for training. */
    IMPORTS,
    /** Files of kinds made by hand are opened and imported. */
    KINDS,
    /** Sound files are checked again and again. */
    OPENING
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "${COMPLETION-CANDIDATES} (default: MUTANTS).")
  private Subject subject = Subject.MUTANTS;

  @Option(names = "--count", description = "How many damaged copies (default: ${DEFAULT-VALUE}).")
  private int count = 2000;

  @Option(names = "--seed", description = "Of the damages (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--model", description = "What is damaged (default: ${DEFAULT-VALUE}).")
  private Path model = Path.of("models/small.gguf");

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new HostileModels(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("hostile");
    Path file = folder.resolve("model.gguf");
    try {
      boolean fine =
          switch (subject) {
            case MUTANTS -> damaged(Trial.ANSWERING, file);
            case IMPORTS -> damaged(Trial.IMPORTING, file);
            case KINDS -> handMade(file);
            case OPENING -> KnownOpening.measure(folder);
          };
      return fine ? 0 : 1;
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private boolean damaged(Trial trial, Path file) throws IOException, InterruptedException {
    Mutants mutants = new Mutants(model, seed);
    Tally tally = new Tally();
    for (int i = 0; i < count; i++) {
      Files.write(file, mutants.get(i));
      tally.add("mutant " + i, trial, file);
      if (i % 100 == 99) {
        System.err.printf("%d of %d%n", i + 1, count);
      }
    }
    return tally.print();
  }

  private boolean handMade(Path file) throws IOException, InterruptedException {
    HandMade kinds = new HandMade(model);
    boolean fine = true;
    for (Trial trial : Trial.values()) {
      Tally tally = new Tally();
      for (String kind : kinds.names()) {
        kinds.write(kind, file);
        tally.add(kind, trial, file);
      }
      fine &= tally.print();
    }
    return fine;
  }
}
