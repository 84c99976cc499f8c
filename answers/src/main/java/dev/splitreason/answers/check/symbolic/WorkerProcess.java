package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.symbolic.Question.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One running {@link SymbolicWorker}, seen from its parent. One question at a time. */
final class WorkerProcess implements AutoCloseable {

  /** Stands in the queue for the end of the worker's output. */
  private static final String ENDED = "";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** How many times its allowance of processor time a worker may wait for a processor. */
  private static final int MOST_WAITING = 10;

  private static final long SHORTEST_LOOK = Duration.ofMillis(20).toNanos();

  private final Process process;
  private final Writer questions;
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private boolean ready;

  private WorkerProcess(Process process) {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("symbolic-worker-answers").start(this::collectAnswers);
  }

  /**
   * Starts a worker with the caller's java and class path.
   *
   * @throws IOException if the process cannot be started
   */
  static WorkerProcess start(int heapMegabytes) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx" + heapMegabytes + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            // Short-lived and small: quick to warm up beats fast when hot.
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SymbolicWorker.class.getName());
    return new WorkerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /**
   * Asks and waits.
   *
   * @return the answer; null when the worker took too long or died, and must be closed
   */
  @Nullable Answer ask(Question question, Allowance allowance) throws InterruptedException {
    if (!ready && !SymbolicWorker.READY.equals(next(START_LIMIT.toNanos()))) {
      return null;
    }
    ready = true;
    try {
      questions.write(question.line());
      questions.write('\n');
      questions.flush();
    } catch (IOException died) {
      return null;
    }
    String answer = answerWithin(allowance);
    return answer == null || answer.equals(ENDED) ? null : Answer.valueOf(answer);
  }

  /**
   * Waits until the worker has used up its allowance of processor time, so that a busy machine does
   * not change verdicts; the clock on the wall ends the wait too, much later.
   */
  private @Nullable String answerWithin(Allowance allowance) throws InterruptedException {
    long limit = allowance.nanos();
    long asked = System.nanoTime();
    long usedBefore = processorTime();
    while (true) {
      long elapsed = System.nanoTime() - asked;
      long used = usedBefore < 0 ? elapsed : processorTime() - usedBefore;
      if (used >= limit || elapsed >= limit * MOST_WAITING) {
        allowance.spend(limit);
        return null;
      }
      String answer = next(Math.max(limit - used, SHORTEST_LOOK));
      if (answer != null) {
        allowance.spend(Math.min(System.nanoTime() - asked, processorTime() - usedBefore));
        return answer;
      }
    }
  }

  /** The worker's processor time in nanoseconds; negative where the system does not tell. */
  private long processorTime() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(-1L);
  }

  private @Nullable String next(long nanos) throws InterruptedException {
    return answers.poll(nanos, TimeUnit.NANOSECONDS);
  }

  private void collectAnswers() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The virtual machine tells on the same stream that it is out of memory.
        if (line.startsWith(SymbolicWorker.MARK)) {
          answers.add(line.substring(SymbolicWorker.MARK.length()));
        }
      }
    } catch (IOException closed) {
      // The end of the output, however it came.
    }
    answers.add(ENDED);
  }

  /** Kills the process. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
