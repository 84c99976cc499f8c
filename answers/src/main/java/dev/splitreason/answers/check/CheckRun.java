package dev.splitreason.answers.check;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a file of pairs, several at once, and gives the verdicts in the file's order as they come.
 *
 * <p>A pair is a line {@code {"id", "gold", "answer"}}; other fields are ignored. A line that
 * cannot be used is told and skipped. The file is streamed: only the pairs under way are held.
 */
public final class CheckRun {

  /** Pairs under way for each that is being checked, so that a slow one holds up few. */
  private static final int AHEAD = 64;

  private final AnswerChecker checker;
  private final int parallel;

  /**
   * A run.
   *
   * @param parallel pairs checked at once
   */
  public CheckRun(AnswerChecker checker, int parallel) {
    if (parallel < 1) {
      throw new UserMistake("at least 1 pair must be checked at once, not " + parallel);
    }
    this.checker = checker;
    this.parallel = parallel;
  }

  /**
   * Checks all pairs of a file.
   *
   * @param verdicts gets one for each pair, in order
   * @param problems gets a line for each line that cannot be used
   * @throws IOException if the file cannot be read, or a process cannot be started
   */
  public CheckSummary run(Path pairs, Consumer<CheckedPair> verdicts, Consumer<String> problems)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try (LineReader reader = LineReader.open(pairs)) {
      Tally tally = new Tally(verdicts, problems);
      Deque<Future<CheckedPair>> underWay = new ArrayDeque<>();
      for (Line line = reader.next(); line != null; line = reader.next()) {
        try {
          Pair pair = Pair.of(line.object());
          underWay.add(threads.submit(() -> pair.check(checker)));
        } catch (MalformedLineException e) {
          tally.problem(new Origin(pairs).name() + " line " + line.number() + " " + e.getMessage());
        }
        while (underWay.size() > AHEAD * parallel || isDone(underWay)) {
          tally.add(result(underWay.remove()));
        }
      }
      while (!underWay.isEmpty()) {
        tally.add(result(underWay.remove()));
      }
      reader.requireLines();
      return tally.summary();
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isDone(Deque<Future<CheckedPair>> underWay) {
    Future<CheckedPair> next = underWay.peek();
    return next != null && next.isDone();
  }

  private static CheckedPair result(Future<CheckedPair> check)
      throws IOException, InterruptedException {
    try {
      return check.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw new IOException(failed.getMessage(), failed);
      }
      throw new IllegalStateException("a check failed", e);
    }
  }

  /** What is to be checked. */
  private record Pair(JsonNode id, String gold, String answer) {

    static Pair of(ObjectNode line) throws MalformedLineException {
      JsonNode id = line.get("id");
      if (id == null || !(id.isString() || id.isIntegralNumber())) {
        throw new MalformedLineException("needs an \"id\" that is a string or a whole number");
      }
      return new Pair(id, text(line, "gold"), text(line, "answer"));
    }

    private static String text(ObjectNode line, String field) throws MalformedLineException {
      JsonNode text = line.get(field);
      if (text == null || !(text.isString() || text.isNumber())) {
        throw new MalformedLineException("needs \"" + field + "\" that is a string or a number");
      }
      return text.asString();
    }

    CheckedPair check(AnswerChecker checker) {
      Verdict verdict = checker.check(gold, answer);
      return new CheckedPair(id, verdict.equal(), verdict.method());
    }
  }

  /** Counts while the run goes on. */
  private static final class Tally {
    private final Consumer<CheckedPair> verdicts;
    private final Consumer<String> listener;
    private long checked;
    private long equal;
    private long problems;

    Tally(Consumer<CheckedPair> verdicts, Consumer<String> listener) {
      this.verdicts = verdicts;
      this.listener = listener;
    }

    void add(CheckedPair pair) {
      checked++;
      equal += pair.equal() ? 1 : 0;
      verdicts.accept(pair);
    }

    void problem(String line) {
      problems++;
      listener.accept(line);
    }

    CheckSummary summary() {
      return new CheckSummary(checked, equal, problems);
    }
  }
}
