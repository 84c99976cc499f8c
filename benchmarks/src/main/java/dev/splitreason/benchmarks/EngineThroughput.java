package dev.splitreason.benchmarks;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/engine-throughput}. */
@Command(
    name = "engine-throughput",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures prefill and decode speed of the embedded engine and of llama.cpp's own llama-bench"
          + " in turns, with the same libraries, model and threads; then of the engine with several"
          + " sessions at once."
    })
public final class EngineThroughput implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threads",
      split = ",",
      description = "Threads to compute with, one comparison each (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--repetitions",
      description = "Turns to take the median of (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(names = "--prompt", description = "Tokens to prefill (default: ${DEFAULT-VALUE}).")
  private int prompt = 512;

  @Option(names = "--generate", description = "Tokens to decode (default: ${DEFAULT-VALUE}).")
  private int generate = 128;

  @Option(
      names = "--sessions",
      split = ",",
      description =
          "Numbers of sessions to decode at once, with the last of --threads (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> sessions = List.of(1, 2, 4, 8);

  @Option(
      names = "--shape",
      description =
          "Shape of the random model: tiny, qwen2-0.5b or qwen2-1.5b (default: ${DEFAULT-VALUE}).")
  private String shape = "qwen2-0.5b";

  @Option(names = "--model", description = "A GGUF file to measure instead of a random one.")
  private @Nullable Path model;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--llama-bench",
      description = "The program to compare with; given by the script, which builds it.")
  private Path llamaBench = Path.of("llama-bench");

  @Option(
      names = "--models",
      description =
          "Folder of the random models, which are made when missing; given by the script.")
  private Path models = Path.of("models");

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new EngineThroughput(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requirePositive("--threads", threads);
    requirePositive("--sessions", sessions);
    requirePositive("--repetitions, --prompt, --generate", List.of(repetitions, prompt, generate));
    warnIfBusy();
    Path file = model == null ? randomModel() : model;
    // A file that is none is refused in this project's words, before llama-bench is.
    GgufFile.read(file);
    SpeedReport report = measure(file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.toJson());
    } else {
      report.printTo(out);
    }
    return CommandLine.ExitCode.OK;
  }

  private Path randomModel() throws IOException {
    ModelShape sizes = RandomQwen2.shapes().get(shape);
    if (sizes == null) {
      throw new ParameterException(
          spec.commandLine(),
          "unknown shape '%s': use one of %s"
              .formatted(shape, String.join(", ", RandomQwen2.shapes().keySet())));
    }
    Path file = models.resolve("random-" + shape + "-q8_0.gguf");
    if (!Files.exists(file)) {
      progress("writing %s", file);
      Files.createDirectories(models);
      RandomQwen2.of(sizes, GgufTensorType.Q8_0, 1).write(file);
    }
    return file;
  }

  private void warnIfBusy() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > 0.5) {
      progress("the machine is busy (load average %.1f): expect noise", load);
    }
  }

  private SpeedReport measure(Path file) throws IOException, InterruptedException {
    ThroughputWorkload workload = new ThroughputWorkload(prompt, generate);
    LlamaBench peer = new LlamaBench(llamaBench);
    LlamaBench.Run about = peer.measure(file, threads.getLast(), new ThroughputWorkload(8, 1));
    List<PeerComparison> comparisons = new ArrayList<>();
    for (int count : threads) {
      comparisons.addAll(
          PeerComparison.of(count, workload, takeTurns(file, peer, count, workload)));
    }
    return new SpeedReport(
        String.valueOf(file.getFileName()),
        about.cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
        about.build() + " (" + about.backends() + ")",
        repetitions,
        comparisons,
        decodeTogether(new EmbeddedEngine(file, threads.getLast())));
  }

  /** Who goes first alternates: the machine's clock and neighbours drift. */
  private List<PeerComparison.Turn> takeTurns(
      Path file, LlamaBench peer, int count, ThroughputWorkload workload)
      throws IOException, InterruptedException {
    EmbeddedEngine engine = new EmbeddedEngine(file, count);
    List<PeerComparison.Turn> turns = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      progress("%d threads, turn %d of %d", count, i + 1, repetitions);
      if (i % 2 == 0) {
        Speed theirs = peer.measure(file, count, workload).speed();
        turns.add(new PeerComparison.Turn(engine.measure(workload), theirs));
      } else {
        Speed ours = engine.measure(workload);
        turns.add(new PeerComparison.Turn(ours, peer.measure(file, count, workload).speed()));
      }
    }
    return turns;
  }

  private List<Concurrency> decodeTogether(EmbeddedEngine engine) throws InterruptedException {
    List<Concurrency.Turn> turns = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      double one = decodeTogether(engine, 1, i);
      for (int count : sessions) {
        double all = count == 1 ? one : decodeTogether(engine, count, i);
        turns.add(new Concurrency.Turn(count, all, one));
      }
    }
    return Concurrency.of(engine.threads(), sessions, turns);
  }

  private double decodeTogether(EmbeddedEngine engine, int count, int turn)
      throws InterruptedException {
    progress("%d sessions at once, turn %d of %d", count, turn + 1, repetitions);
    return engine.decodeTogether(count, generate);
  }

  private void requirePositive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw new ParameterException(
            spec.commandLine(), option + " must be at least 1, not " + value);
      }
    }
  }

  private void progress(String format, Object... values) {
    spec.commandLine().getErr().printf(format + "%n", values);
    spec.commandLine().getErr().flush();
  }
}
