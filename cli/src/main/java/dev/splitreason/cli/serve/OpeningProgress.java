package dev.splitreason.cli.serve;

import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.pair.ServedPairs;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells which pairs are being opened, and every few seconds which of them still are. */
final class OpeningProgress implements ServedPairs.Progress, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintWriter stderr;
  private final Map<String, Long> opening = new LinkedHashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Thread ticker = Thread.ofVirtual().start(this::tick);

  OpeningProgress(PrintWriter stderr) {
    this.stderr = stderr;
  }

  @Override
  public synchronized void opening(PairSettings pair) {
    opening.put(pair.name(), System.nanoTime());
    tell("opening " + pair.name() + ": " + models(pair));
  }

  /** Told once of each reason: a server may take half an hour. */
  @Override
  public synchronized void waiting(PairSettings pair, String why) {
    if (!why.equals(reasons.put(pair.name(), why))) {
      tell("waiting for " + pair.name() + ": " + why);
    }
  }

  @Override
  public synchronized void opened(PairSettings pair, double seconds) {
    opening.remove(pair.name());
    tell(String.format(Locale.ROOT, "%s answers after %.1f s", pair.name(), seconds));
  }

  private static String models(PairSettings pair) {
    Stream<ModelSettings> models =
        pair.base() == null
            ? Stream.of(pair.small(), pair.large())
            : Stream.of(pair.small(), pair.large(), pair.base());
    return models.map(OpeningProgress::model).collect(Collectors.joining(", "));
  }

  private static String model(ModelSettings model) {
    long bytes = model.location().bytes();
    return bytes == 0
        ? model.location().toString()
        : String.format(Locale.ROOT, "%s (%.1f MB)", model.name(), bytes / 1e6);
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        tellOpening();
      }
    } catch (InterruptedException e) {
      // All are open, or none will be.
    }
  }

  private synchronized void tellOpening() {
    long now = System.nanoTime();
    opening.forEach(
        (name, began) ->
            tell("still opening " + name + " after " + Math.round((now - began) / 1e9) + " s"));
  }

  private void tell(String line) {
    stderr.println("serve: " + line);
    stderr.flush();
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
