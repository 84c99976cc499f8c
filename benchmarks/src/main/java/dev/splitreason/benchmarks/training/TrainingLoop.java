package dev.splitreason.benchmarks.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExampleBuilder;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.optimize.RateSchedule.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * This project's SFT step, to be driven like {@code plain_loop.py}: a number of steps on stdin, one
 * JSON line with tokens a second and the process's peak memory on stdout.
 */
public final class TrainingLoop {

  private static final OptimizerConfig CONFIG =
      new OptimizerConfig(1e-4, 0, Shape.CONSTANT, 0, 1, 0.9, 0.98, 1e-8, 0.01, 1);

  /** What {@code compare.py} asks for: a model, and how much of it a step learns from. */
  private record ThroughputWorkload(
      int vocabulary,
      int width,
      int layers,
      int heads,
      @JsonProperty("keyValueHeads") int keyValueHeads,
      @JsonProperty("feedForward") int feedForward,
      int rows,
      int length) {

    ModelShape shape() {
      return new ModelShape(
          ModelFamily.QWEN2,
          vocabulary,
          width,
          layers,
          heads,
          keyValueHeads,
          width / heads,
          feedForward,
          1e-6,
          Rope.of(10_000),
          2048,
          true);
    }
  }

  /** What a number of steps took. */
  private record Figures(double tokensPerSecond, double cpuSeconds, double peakMegabytes) {}

  private TrainingLoop() {}

  /**
   * Runs the loop until stdin ends.
   *
   * @param args the number of threads, and the workload as JSON
   */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    ThroughputWorkload workload = Json.MAPPER.readValue(args[1], ThroughputWorkload.class);
    var random = new Random(1);
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Transformer model = Transformer.random(workload.shape(), Initialization.standard(), 1);
        AdamW optimizer = new AdamW(model.parameters(), CONFIG);
        Trainer trainer =
            new Trainer(
                model,
                optimizer,
                CONFIG.toSchedule(),
                1L << 40,
                Precision.F32,
                threads,
                Processes.alone())) {
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Figures figures = train(trainer, workload, threads, Integer.parseInt(line), random);
        System.out.println(Json.MAPPER.writeValueAsString(figures));
      }
    }
  }

  private static Figures train(
      Trainer trainer, ThroughputWorkload workload, int threads, int steps, Random random)
      throws IOException {
    long began = System.nanoTime();
    double used = cpuSeconds();
    for (int step = 0; step < steps; step++) {
      trainer.step(data(workload, threads, random));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Figures(
        (double) steps * workload.rows() * workload.length() / seconds,
        cpuSeconds() - used,
        peakMegabytes());
  }

  private static StepData data(ThroughputWorkload workload, int threads, Random random) {
    int rows = workload.rows();
    int length = workload.length();
    int vocabulary = workload.vocabulary();
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      examples.add(
          new ExampleBuilder()
              .add(random.ints(length / 2, 0, vocabulary).toArray(), 0)
              .add(random.ints(length - length / 2, 0, vocabulary).toArray(), 1)
              .build());
    }
    return StepData.padded(examples, Math.ceilDiv(rows, threads));
  }

  private static double cpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** What Linux calls VmHWM: the most that was resident at once. */
  private static double peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("this system does not tell the peak memory of a process");
  }
}
