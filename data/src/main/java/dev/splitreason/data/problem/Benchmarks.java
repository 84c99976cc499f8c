package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileName;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
    return published == null
        ? file(spec, columns, limit)
        : published(published, rest == null ? null : Path.of(rest), seed, limit);
  }

  /** The file that a benchmark is read from, or null if none is there. */
  public static @Nullable Path fileOf(String spec) {
    int colon = spec.indexOf(':');
    boolean published = colon > 0 && HubBenchmark.named(spec.substring(0, colon)) != null;
    Path file = Path.of(published ? spec.substring(colon + 1) : spec);
    return Files.isRegularFile(file) ? file : null;
  }

  /**
   * Loads a benchmark with its questions put as its leaderboard puts them; generated problems and
   * files of problems are asked as they stand.
   *
   * @param shots worked examples before every question
   * @throws UserMistake with a one-line message, if it is none, or takes no examples
   * @throws IOException if a file cannot be read
   */
  public static Benchmark asked(
      String spec, ProblemColumns columns, long seed, int limit, Shots shots) throws IOException {
    Benchmark plain = load(spec, columns, seed, limit);
    HubBenchmark published = HubBenchmark.named(spec.replaceFirst(":.*", ""));
    Path from = shots.from();
    if (shots.count() > 0 && (published == null || !published.wording().takesExamples())) {
      throw UserMistake.ofOption("--shots", "is for gsm8k, math-500, aime24 and aime25");
    }
    if (published == null) {
      return plain;
    }
    Wording wording = published.wording();
    if (shots.count() == 0 || from == null) {
      return plain.putAs(wording::ask);
    }
    List<WorkedExample> examples = new ArrayList<>();
    RowFile.read(
        from,
        row -> {
          examples.add(published.worked(row));
          return examples.size() < shots.count();
        });
    if (examples.size() < shots.count()) {
      throw UserMistake.ofOption(
          "--shots", "asks for " + shots.count() + ", but " + from + " has " + examples.size());
    }
    return plain.putAs(question -> wording.ask(question, examples));
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

  private static Benchmark published(
      HubBenchmark benchmark, @Nullable Path file, long seed, int limit) throws IOException {
    if (file == null) {
      throw new UserMistake(
          "the problems of '" + benchmark.label() + "' are not included", benchmark.howToGet());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file '" + file + "'; " + benchmark.howToGet());
    }
    return new Benchmark(
        benchmark.label(), problems(file, limit, row -> benchmark.read(row, seed)));
  }

  private static Benchmark file(String spec, ProblemColumns columns, int limit) throws IOException {
    Path file = Path.of(spec);
    boolean stream = new Origin(file).isStream();
    if (!stream && !Files.exists(file) && FileName.isMeant(spec)) {
      throw new NoSuchFileException(spec);
    }
    if (!stream && !Files.isRegularFile(file)) {
      throw new UserMistake(
          "no benchmark and no file is called '" + spec + "'",
          "use chain, a file of problems, or "
              + Arrays.stream(HubBenchmark.values())
                  .map(benchmark -> benchmark.label() + ":FILE")
                  .collect(Collectors.joining(", ")));
    }
    return new Benchmark(spec, problems(file, limit, columns::problem));
  }

  /** The first problems of a file, as many as are wanted. */
  private static List<Problem> problems(Path file, int limit, Function<Row, Problem> reading)
      throws IOException {
    var list = new ProblemsOfFile(limit == 0 ? Integer.MAX_VALUE : limit, reading);
    RowFile.read(file, list::add);
    return list.problems();
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
