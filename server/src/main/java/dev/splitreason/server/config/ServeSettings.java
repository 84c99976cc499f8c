package dev.splitreason.server.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.pairs.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is set up, as {@code splitreason.yaml} has it under {@code server}.
 *
 * @param host the address it listens on; loopback unless said
 * @param port the port it listens on; 0 for any that is free
 * @param pairs the names of the pairs that are served; empty for all of the configuration
 * @param keptPrefixes sequences that answers leave in each model's cache for later ones
 * @param waitForModels how long models on servers may take to come up, before serving is given up;
 *     0 if they have to be there
 * @param limits how much is done at once, and how far a request may go
 * @param access who may ask, and how that is kept
 * @param history where answers are kept with their questions; null to keep none
 * @param reports the folder of evaluations whose reports can be read; null for none
 * @param collector where spans are sent, by OTLP over HTTP; null for what OTEL_ variables say
 */
public record ServeSettings(
    String host,
    int port,
    List<String> pairs,
    int keptPrefixes,
    Duration waitForModels,
    Limits limits,
    Access access,
    @Nullable History history,
    @Nullable String reports,
    @Nullable String collector) {

  /** On loopback, port 8080, all pairs. */
  public static final ServeSettings DEFAULT =
      new ServeSettings(
          "127.0.0.1",
          8080,
          List.of(),
          8,
          Duration.ZERO,
          Limits.DEFAULT,
          Access.DEFAULT,
          null,
          null,
          null);

  private static final ConfigFile FORMAT =
      ConfigFile.PLAIN.leaving(ConfigReader.SECTIONS.toArray(String[]::new));

  /** The file, of which one section is read here. */
  private record Sections(ServeSettings server) {}

  /**
   * How much is done at once, and how far a request may go.
   *
   * @param answersAtOnce answers under way at once, of each pair
   * @param queue answers that may wait for that, of each pair; more are turned away
   * @param bodyBytes the longest body of a request
   * @param choices the most answers to one request
   * @param maxTokens the most tokens of an answer
   * @param time the longest time an answer may take, once it has begun
   * @param drain how long answers under way may go on when the server is asked to end
   */
  public record Limits(
      int answersAtOnce,
      int queue,
      int bodyBytes,
      int choices,
      int maxTokens,
      Duration time,
      Duration drain) {

    /** What holds unless said. */
    public static final Limits DEFAULT =
        new Limits(16, 64, 4 << 20, 32, 32_768, Duration.ofMinutes(10), Duration.ofSeconds(30));

    public Limits {
      requireAtLeast(1, "answers-at-once", answersAtOnce);
      requireAtLeast(0, "queue", queue);
      requireAtLeast(1, "body-bytes", bodyBytes);
      requireAtLeast(1, "choices", choices);
      requireAtLeast(1, "max-tokens", maxTokens);
      if (time.isZero()) {
        throw new UserMistake("time must be above 0");
      }
    }
  }

  /**
   * Who may ask, and how that is kept.
   *
   * @param keys by the names that logs have for them; none, so that everybody may ask
   * @param tls the server's certificate; null for none
   * @param cors the origins whose pages may ask; {@code *} for all
   * @param log the file that gets a line of JSON for each request; null for none
   */
  public record Access(
      Map<String, KeySettings> keys, @Nullable Tls tls, List<String> cors, @Nullable String log) {

    /** Everybody on this machine, and no page of another origin. */
    public static final Access DEFAULT = new Access(Map.of(), null, List.of(), null);

    public Access {
      keys = Map.copyOf(keys);
      cors = List.copyOf(cors);
    }

    private Access under(Path folder) {
      Tls own = tls;
      return new Access(
          keys,
          own == null
              ? null
              : new Tls(
                  folder.resolve(own.certificate()).toString(),
                  folder.resolve(own.key()).toString()),
          cors,
          log == null ? null : folder.resolve(log).toString());
    }
  }

  /**
   * A certificate, in two files.
   *
   * @param certificate the chain, in PEM
   * @param key the private key, in PEM
   */
  public record Tls(String certificate, String key) {}

  /**
   * Where answers are kept with their questions.
   *
   * @param file a DuckDB database, which is made if it is not there
   * @param megabytes the most that is kept, in 2^20 bytes of text; the oldest goes first
   */
  public record History(String file, @Nullable Integer megabytes) {

    private static final int USUAL_MEGABYTES = 256;

    public History {
      if (megabytes != null) {
        requireAtLeast(1, "megabytes", megabytes);
      }
    }

    /** A file of the usual size. */
    static History valueOf(String file) {
      return new History(file, null);
    }

    /** The most bytes of text. */
    public long bytes() {
      return (megabytes == null ? USUAL_MEGABYTES : megabytes) * (1L << 20);
    }

    private History under(Path folder) {
      return new History(folder.resolve(file).toString(), megabytes);
    }
  }

  public ServeSettings {
    pairs = List.copyOf(pairs);
    requireAtLeast(0, "kept-prefixes", keptPrefixes);
    if (host.isBlank()) {
      throw new UserMistake("host must be a name or an address, not empty");
    }
    if (port < 0 || port > 65_535) {
      throw new UserMistake("port must be in 0 … 65535, not " + port);
    }
  }

  /**
   * The section of a configuration file.
   *
   * @param file null for none
   * @throws UserMistake with file and line, if it is wrong
   * @throws IOException if it cannot be read
   */
  public static ServeSettings read(@Nullable Path file) throws IOException {
    ServeSettings read = FORMAT.locate(new Sections(DEFAULT), file, List.of()).value().server();
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    return folder == null ? read : read.under(folder);
  }

  /** The same, listening elsewhere; null leaves it. */
  public ServeSettings listening(@Nullable String otherHost, @Nullable Integer otherPort) {
    return new ServeSettings(
        otherHost == null ? host : otherHost,
        otherPort == null ? port : otherPort,
        pairs,
        keptPrefixes,
        waitForModels,
        limits,
        access,
        history,
        reports,
        collector);
  }

  private ServeSettings under(Path folder) {
    return new ServeSettings(
        host,
        port,
        pairs,
        keptPrefixes,
        waitForModels,
        limits,
        access.under(folder),
        history == null ? null : history.under(folder),
        reports == null ? null : folder.resolve(reports).toString(),
        collector);
  }

  private static void requireAtLeast(int least, String key, int number) {
    if (number < least) {
      throw new UserMistake(key + " must be at least " + least + ", not " + number);
    }
  }
}
