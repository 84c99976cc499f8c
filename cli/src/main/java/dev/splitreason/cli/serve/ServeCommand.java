package dev.splitreason.cli.serve;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.SplitServer;
import dev.splitreason.server.access.ApiKeys;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.pair.ServedPair;
import dev.splitreason.server.pair.ServedPairs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason serve}: answers clients of OpenAI's API over HTTP. */
@Command(
    name = "serve",
    description = "Answer over HTTP, for clients of OpenAI's API, until the process is ended.",
    customSynopsis = "splitreason serve [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason serve",
      "  splitreason serve --small 1.5b.gguf --large http://gpu:8000/v1#r1-32b --port 9000",
      "  splitreason serve --config my.yaml --host 0.0.0.0"
    })
public final class ServeCommand implements Callable<Integer>, Configurable {

  /** Beyond what answers under way are given to end. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** Logs by the JDK's own logging, and tells of itself what this command tells anyway. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: 127.0.0.1, this machine only).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on; 0 for any that is free (default: 8080).")
  private @Nullable Integer port;

  @ArgGroup(
      validate = false,
      heading = "%nThe models (default: all pairs of the configuration file):%n")
  private final PairOptions pairOptions = new PairOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @Option(
      names = "--json",
      description = "Print one JSON document, with the address, once all pairs answer.")
  private boolean json;

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description =
          "Print a new API key, and the lines that let it in for the configuration file; serve"
              + " nothing.")
  private @Nullable String newKey;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  /** Where the server is, once it answers. */
  private record ReadyDocument(String url, List<String> models, double seconds) {}

  /** A new key; settings have its hash only. */
  private record KeyDocument(String name, String key, String sha256) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (newKey != null) {
      printKey(newKey);
      return ExitStatus.OK;
    }
    long began = System.nanoTime();
    HELIDON.setLevel(Level.WARNING);
    Config config = invocation.config();
    ServeSettings settings = ServeSettings.read(config.file()).listening(host, port);
    var pairs =
        new ServedPairs(chosen(config, settings), config.defaults(), settings, cores.count());
    Duration longest = settings.limits().drain().plus(CLOSING);
    try (Shutdown _ = Shutdown.interrupting(longest);
        var server = new SplitServer(settings, pairs)) {
      try (var progress = new OpeningProgress(invocation.stderr())) {
        pairs.open(progress);
      }
      tellReady(server, pairs, (System.nanoTime() - began) / 1e9);
      Thread.sleep(Duration.ofSeconds(Long.MAX_VALUE));
      return ExitStatus.OK;
    } catch (InterruptedException e) {
      return ExitStatus.OK;
    }
  }

  /** The key is shown once and kept nowhere. */
  private void printKey(String name) {
    String key = ApiKeys.newKey();
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(new KeyDocument(name, key, ApiKeys.hash(key)));
      return;
    }
    out.println(key);
    out.println("");
    out.println("server:");
    out.println("  access:");
    out.println("    keys:");
    out.println("      " + name + ": " + ApiKeys.hash(key));
  }

  private List<PairSettings> chosen(Config config, ServeSettings settings) {
    if (pairOptions.nameModels()) {
      return List.of(pairOptions.choose(config));
    }
    List<String> names =
        settings.pairs().isEmpty()
            ? config.pairs().keySet().stream().sorted().toList()
            : settings.pairs();
    return names.isEmpty() ? List.of(config.pair(null)) : names.stream().map(config::pair).toList();
  }

  private void tellReady(SplitServer server, ServedPairs pairs, double seconds) {
    invocation.stderr().printf("serve: ready at %s/v1 after %.1f s%n", server.url(), seconds);
    invocation.stderr().flush();
    if (json) {
      List<String> models = pairs.all().stream().map(ServedPair::name).toList();
      Stdout.ofProcess().json(new ReadyDocument(server.url() + "/v1", models, seconds));
    }
  }
}
