package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileName;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where benchmarks come from: generated chain problems, a file, or a published data set. */
public final class Benchmarks {

  /** What {@link #load} understands, for a help text. */
  public static final String NAMES =
      "chain or chain:SEED (generated), a file of problems (JSONL, Parquet or CSV), or a published"
          + " one with its file: aime24:FILE, aime25:FILE, math-500:FILE, gsm8k:FILE,"
          + " gpqa-diamond:FILE";

  /** Chain problems when no limit says how many. */
  public static final int CHAIN_PROBLEMS = 200;

  private Benchmarks() {}

  /**
   * Loads a benchmark.
   *
   * @param spec one of {@link #NAMES}
   * @param columns of a problem file; published ones have their own
   * @param seed of generated problems that name no seed, and of shuffled choices
   * @param limit the most problems, or 0 for all (of generated ones {@link #CHAIN_PROBLEMS})
   * @throws UserMistake with a one-line message, if it is none, or not as it should be
   * @throws IOException if the file cannot be read
   */
  public static Benchmark load(String spec, ProblemColumns columns, long seed, int limit)
      throws IOException {
    if (limit < 0) {
      throw new UserMistake("a benchmark has at least 1 problem, not " + limit);
    }
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    String rest = colon < 0 ? null : spec.substring(colon + 1);
    if (name.equals("chain")) {
      return chain(spec, rest == null ? seed : number(spec, rest), limit);
    }
    HubBenchmark published = HubBenchmark.named(name);
    Benchmark all =
        published == null
            ? file(spec, columns)
            : published(published, rest == null ? null : Path.of(rest), seed);
    return limit == 0 ? all : all.limitedTo(limit);
  }

  private static Benchmark chain(String spec, long seed, int limit) {
    List<Problem> problems = new ArrayList<>();
    ChainProblems chain = ChainProblems.of(seed);
    for (int i = 0; i < (limit == 0 ? CHAIN_PROBLEMS : limit); i++) {
      ChainProblem problem = chain.get(i);
      problems.add(
          new Problem(
              "chain-" + seed + "-" + i,
              problem.question(),
              problem.answer(),
              problem.hardSteps() + " hard steps"));
    }
    return new Benchmark(spec, problems);
  }

  private static Benchmark published(HubBenchmark benchmark, @Nullable Path file, long seed)
      throws IOException {
    if (file == null) {
      throw new UserMistake(
          "the problems of '" + benchmark.label() + "' are not included", benchmark.howToGet());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file '" + file + "'; " + benchmark.howToGet());
    }
    return new Benchmark(
        benchmark.label(),
        RowFile.read(file).stream().map(row -> benchmark.read(row, seed)).toList());
  }

  private static Benchmark file(String spec, ProblemColumns columns) throws IOException {
    Path file = Path.of(spec);
    if (!Files.exists(file) && FileName.isMeant(spec)) {
      throw new NoSuchFileException(spec);
    }
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "no benchmark and no file is called '" + spec + "'",
          "use chain, a file of problems, or "
              + Arrays.stream(HubBenchmark.values())
                  .map(benchmark -> benchmark.label() + ":FILE")
                  .collect(Collectors.joining(", ")));
    }
    return new Benchmark(spec, RowFile.read(file).stream().map(columns::problem).toList());
  }

  private static long number(String spec, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UserMistake(
          "'" + text + "' in the benchmark '" + spec + "' is no seed", "use chain:SEED", e);
    }
  }
}
