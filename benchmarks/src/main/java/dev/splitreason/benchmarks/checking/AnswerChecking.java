package dev.splitreason.benchmarks.checking;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.answers.check.CheckLimits;
import dev.splitreason.answers.check.Verdict;
import dev.splitreason.benchmarks.BenchmarkCommand;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code benchmarks/answer-checking/run}. The clock starts before the checker exists:
 * the start of the worker process and everybody's warming up count. Nothing is remembered from one
 * check to the next.
 */
@Command(
    name = "answer-checking",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Checks a table of judged pairs, shuffled anew for every pass, one after the other, until"
            + " so many checks are done.")
public final class AnswerChecking implements Callable<Integer> {

  @Option(names = "--checks", description = "How many (default: ${DEFAULT-VALUE}).")
  private int checks = 10_000;

  @Option(names = "--pairs", description = "The table (default: that of the tests).")
  private Path table =
      Path.of("answers/src/test/resources/dev/splitreason/answers/check/pairs.jsonl");

  private record Pair(String id, String gold, String answer, boolean equal) {}

  /** What the checks of one method took together. */
  private record Cost(long checks, long nanos) {
    Cost plus(long nanos) {
      return new Cost(checks + 1, this.nanos + nanos);
    }
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new AnswerChecking(), args);
  }

  @Override
  public Integer call() throws IOException {
    measure(pairs(table), checks);
    return 0;
  }

  private static void measure(List<Pair> pairs, int checks) {
    Random random = new Random(1);
    Map<String, Cost> costs = new TreeMap<>();
    long misjudged = 0;
    long start = System.nanoTime();
    long firstPass = 0;
    double cpuSeconds;
    try (AnswerChecker checker = new AnswerChecker(CheckLimits.DEFAULT)) {
      for (int i = 0; i < checks; i++) {
        if (i % pairs.size() == 0) {
          Collections.shuffle(pairs, random);
        }
        Pair pair = pairs.get(i % pairs.size());
        long before = System.nanoTime();
        Verdict verdict = checker.check(pair.gold(), pair.answer());
        long nanos = System.nanoTime() - before;
        costs.merge(verdict.method(), new Cost(1, nanos), (sum, one) -> sum.plus(one.nanos()));
        if (i < pairs.size()) {
          misjudged += verdict.equal() == pair.equal() ? 0 : 1;
          firstPass = System.nanoTime() - start;
        }
      }
      cpuSeconds = cpuSeconds();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d checks in %.1f s on one core: %.0f a minute%n", checks, seconds, checks * 60 / seconds);
    System.out.printf(
        "processor time, also where other programs share the core: %.1f s, %.0f checks a minute%n",
        cpuSeconds, checks * 60 / cpuSeconds);
    System.out.printf(
        "first pass over %d pairs, from a cold start: %.1f s; %d misjudged (%.1f %% right)%n",
        pairs.size(),
        firstPass / 1e9,
        misjudged,
        100.0 * (pairs.size() - misjudged) / pairs.size());
    System.out.printf("%n%-12s %8s %12s%n", "method", "checks", "ms a check");
    costs.forEach(
        (method, cost) ->
            System.out.printf(
                "%-12s %8d %12.3f%n", method, cost.checks(), cost.nanos() / 1e6 / cost.checks()));
  }

  /** Of this process and its worker, the start of both included. */
  private static double cpuSeconds() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }

  private static List<Pair> pairs(Path table) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (LineReader reader = LineReader.open(table)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        pairs.add(Json.MAPPER.readValue(line.bytes(), Pair.class));
      }
    }
    return pairs;
  }
}
