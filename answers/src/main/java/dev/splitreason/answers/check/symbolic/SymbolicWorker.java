package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.symbolic.Question.Answer;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that may be killed: reads a {@link Question} a line, prints an {@link Answer} a line.
 *
 * <p>It ends with its standard input, even in the middle of a computation, so that no worker
 * outlives its parent.
 */
public final class SymbolicWorker {

  /** What a worker prints once it can be asked. */
  static final String READY = "READY";

  /** What every line begins with that is meant for the parent. */
  static final String MARK = "symbolic-worker: ";

  private SymbolicWorker() {}

  /** Runs until the standard input ends. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // Whatever the library prints must not pass for an answer.
    System.setOut(System.err);
    LinkedBlockingQueue<String> questions = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().start(() -> readUntilParentEnds(questions));
    SymjaJudge judge = new SymjaJudge();
    judge.answer(new Question(Question.Kind.EQUAL, "Sqrt(8)", "2*Sqrt(2)", List.of()));
    answers.println(MARK + READY);
    while (true) {
      answers.println(MARK + judge.answer(Question.of(questions.take())));
    }
  }

  private static void readUntilParentEnds(LinkedBlockingQueue<String> questions) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        questions.add(line);
      }
    } catch (IOException parentIsGone) {
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }
}
