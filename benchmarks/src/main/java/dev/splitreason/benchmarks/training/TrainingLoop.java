import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExampleBuilder;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Qwen2;
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
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * This project's SFT step, to be driven like {@code plain_loop.py}: a number of steps on stdin, one
 * JSON line with tokens a second and the process's peak memory on stdout.
 */
final class OurLoop {

  private static final OptimizerConfig CONFIG =
      new OptimizerConfig(1e-4, 0, Shape.CONSTANT, 0, 1, 0.9, 0.98, 1e-8, 0.01, 1);

  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    JsonNode shape = new JsonMapper().readTree(args[1]);
    int width = shape.get("width").asInt();
    int heads = shape.get("heads").asInt();
    var config =
        new ModelShape(
            ModelFamily.QWEN2,
            shape.get("vocabulary").asInt(),
            width,
            shape.get("layers").asInt(),
            heads,
            shape.get("keyValueHeads").asInt(),
            width / heads,
            shape.get("feedForward").asInt(),
            1e-6,
            10_000,
            2048,
            true);
    var random = new Random(1);
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Qwen2 model = Qwen2.random(config, Initialization.standard(), 1);
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
        System.out.println(train(trainer, shape, threads, Integer.parseInt(line), random));
      }
    }
  }

  private static String train(
      Trainer trainer, JsonNode shape, int threads, int steps, Random random) throws IOException {
    int rows = shape.get("rows").asInt();
    int length = shape.get("length").asInt();
    long began = System.nanoTime();
    double used = cpuSeconds();
    for (int step = 0; step < steps; step++) {
      trainer.step(data(rows, length, threads, shape.get("vocabulary").asInt(), random));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"tokens_per_second\": %.1f, \"cpu_seconds\": %.3f, \"peak_megabytes\": %.1f}",
        (double) steps * rows * length / seconds,
        cpuSeconds() - used,
        peakMegabytes());
  }

  private static StepData data(int rows, int length, int threads, int vocabulary, Random random) {
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
