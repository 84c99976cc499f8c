package dev.splitreason.cli.eval;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that bring policies to the same share before they are measured. */
final class TargetOptions {

  @Option(
      names = "--target-share",
      paramLabel = "SHARE",
      description =
          "Calibrate the policies that --policies lists without their number (learned, random,"
              + " entropy, glimpse, judged, route) until the large model writes this share.")
  private @Nullable Double share;

  @Option(
      names = "--calibrate-on",
      paramLabel = "NAME|FILE",
      description = "Problems to calibrate on, as --benchmark takes them; none of its own.")
  private @Nullable String problems;

  @Option(
      names = "--calibrate-limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "Use the first N of them (default: ${DEFAULT-VALUE}).")
  private int limit;

  /** The share that is wanted, or null. */
  @Nullable Double share() {
    return share;
  }

  /** The share that is wanted, by who has asked whether there is one. */
  double required() {
    return Objects.requireNonNull(share);
  }

  /**
   * The problems to calibrate on.
   *
   * @param measured those that are measured with, none of which may be among them
   * @param options how both are read
   */
  Benchmark problems(Benchmark measured, BenchmarkOptions options, long seed) throws IOException {
    String named = problems;
    if (named == null) {
      throw UserMistake.ofOption(
          "--target-share", "needs problems to calibrate on: name them with --calibrate-on");
    }
    if (limit < 1) {
      throw UserMistake.ofOption("--calibrate-limit", "must be at least 1, not " + limit);
    }
    Benchmark chosen = options.load(named, limit, seed);
    Set<String> texts = measured.problems().stream().map(Problem::text).collect(Collectors.toSet());
    if (chosen.problems().stream().map(Problem::text).anyMatch(texts::contains)) {
      throw UserMistake.ofOption(
          "--calibrate-on", "has problems that are measured with: a share would look kept");
    }
    return chosen;
  }
}
