package dev.splitreason.cli.info;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.engine.llamacpp.LlamaRuntime;
import dev.splitreason.engine.llamacpp.RuntimeInfo;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to work with. Its components are the JSON document of {@code info --json}, in snake
 * case.
 *
 * @param version of this command
 * @param java the virtual machine
 * @param config the configuration file in use, or null if there is none
 * @param cores that this process may use
 * @param memoryBytes of the machine, or of the container
 * @param engine the embedded engine
 * @param pair the pair's name
 * @param models of the pair
 * @param exchange what the two write to each other; null where one of them cannot be used
 */
record InfoDocument(
    String version,
    String java,
    @Nullable String config,
    int cores,
    long memoryBytes,
    Engine engine,
    String pair,
    List<ModelReport> models,
    PairReport.@Nullable Exchanged exchange) {

  /**
   * The embedded engine.
   *
   * @param problem why it cannot be used, or null
   */
  record Engine(
      String name,
      @Nullable String version,
      @Nullable String folder,
      @Nullable String cpuVariant,
      List<String> devices,
      @Nullable String problem) {

    private static Engine describe() {
      String name = "llama.cpp";
      try {
        RuntimeInfo runtime = LlamaRuntime.describe();
        return new Engine(
            name,
            runtime.version(),
            runtime.folder().toString(),
            runtime.cpuVariant(),
            runtime.devices(),
            null);
      } catch (ModelException e) {
        return new Engine(name, null, null, null, List.of(), e.getMessage());
      }
    }
  }

  /** Describes this process, the engine and the models of a pair, which are loaded for it. */
  static InfoDocument of(Config config, PairSettings pair) {
    PairReport report = PairReport.of(pair);
    return new InfoDocument(
        Version.current(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        config.file() == null ? null : config.file().toString(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        Engine.describe(),
        pair.name(),
        report.models(),
        report.exchange());
  }

  /** Whether everything works. */
  boolean isComplete() {
    return engine.problem() == null && models.stream().allMatch(model -> model.problem() == null);
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
