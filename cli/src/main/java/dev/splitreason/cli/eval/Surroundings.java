package dev.splitreason.cli.eval;

import dev.splitreason.cli.info.Commit;
import dev.splitreason.cli.info.Version;
import dev.splitreason.core.file.Sha256;
import dev.splitreason.evaluation.run.Conditions;
import dev.splitreason.evaluation.run.Conditions.Weights;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.open.Models;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out under which conditions a command runs: now, here, with these models. */
public final class Surroundings {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Surroundings() {}

  /**
   * The conditions of a command that begins.
   *
   * @throws IOException if a model's file cannot be read
   */
  public static Conditions now(Collection<ModelSettings> models, int inFlight)
      throws IOException, InterruptedException {
    SortedMap<String, Weights> weights = new TreeMap<>();
    for (ModelSettings model : models) {
      weights.put(
          model.name(),
          new Weights(model.location().toString(), sum(Models.located(model).location())));
      ModelLocation adapter = model.adapter();
      if (adapter != null) {
        weights.put(model.name() + " adapter", new Weights(adapter.toString(), sum(adapter)));
      }
    }
    return new Conditions(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Version.current(),
        Commit.current(),
        machine(),
        inFlight,
        weights);
  }

  /** Processor, cores, memory, system and Java. */
  private static String machine() throws IOException {
    long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize() >> 30
            : 0;
    return "%s, %d cores%s, %s %s, Java %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            memory == 0 ? "" : ", " + memory + " GiB",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version().feature());
  }

  private static String processor() throws IOException {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(PROCESSORS)) {
      return architecture;
    }
    return Files.readString(PROCESSORS, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(architecture);
  }

  private static @Nullable String sum(ModelLocation location) throws IOException {
    return switch (location) {
      case ModelLocation.GgufFile(Path file) ->
          Files.isRegularFile(file) ? Sha256.hex(Files.newInputStream(file)) : null;
      case ModelLocation.ClassPathFile resource -> {
        URL url = resource.url();
        yield url == null ? null : Sha256.hex(url.openStream());
      }
      case ModelLocation.OnHub _, ModelLocation.OfOllama _, ModelLocation.OfLmStudio _ ->
          sum(Models.located(ModelSettings.of(location.toString(), location)).location());
      default -> null;
    };
  }
}
