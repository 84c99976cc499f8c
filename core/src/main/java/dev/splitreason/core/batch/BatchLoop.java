package dev.splitreason.core.batch;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The decode loop of one model: a thread that packs the pending work of all sessions into each
 * batch, single decode tokens, prefills and scores together.
 *
 * <p>Only this thread touches the evaluator. Sessions talk to it through a queue of commands and
 * get their answers in the mailbox of their work.
 */
public final class BatchLoop implements AutoCloseable {

  private final ModelInfo model;
  private final Tokenizer tokenizer;
  private final Evaluator evaluator;
  private final Appending appending;
  private final int maxSessions;
  private final Sampler sampler;
  private final float[] row;
  private final PriorityQueue<Integer> freeSequences = new PriorityQueue<>();
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final List<Work> active = new ArrayList<>();
  private final @Nullable DecodeShape shape;
  private final Thread thread;
  private boolean stopping;
  private volatile boolean stopped;

  /** Something to do on the loop's thread, and what if it has ended. */
  private record Command(Runnable action, Consumer<RuntimeException> ifStopped) {}

  /**
   * Starts a loop.
   *
   * @param evaluator closed with the loop
   * @param maxSessions the most sessions open at once, which have the sequences from 0 on
   */
  public BatchLoop(
      ModelInfo model,
      Tokenizer tokenizer,
      Evaluator evaluator,
      int maxSessions,
      Appending appending) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.evaluator = evaluator;
    this.appending = appending;
    this.maxSessions = maxSessions;
    this.sampler = new Sampler(evaluator.vocabularySize());
    this.row = new float[evaluator.vocabularySize()];
    this.shape = evaluator.weighsBatches() ? new DecodeShape(maxSessions, System::nanoTime) : null;
    IntStream.range(0, maxSessions).forEach(freeSequences::add);
    this.thread = Thread.ofPlatform().daemon().name("batches of " + model.name()).start(this::run);
  }

  // ---- called by models and sessions ----

  /**
   * Opens an empty session.
   *
   * @param owner the model that the session says it belongs to
   * @param draws sees what the session draws; not what its forks do
   * @throws ModelException if all sessions are in use or the loop has ended
   */
  public BatchSession open(LanguageModel owner, @Nullable DrawListener draws) {
    if (stopped) {
      throw gone();
    }
    return new BatchSession(owner, this, new Sequence(takeSequence(), model), draws);
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  Appending appending() {
    return appending;
  }

  void submit(Work work) {
    post(
        () -> {
          active.add(work);
          guarded(
              work,
              () -> {
                requireHeld(work.sequence);
                work.begin(sampler);
              });
        },
        work::fail);
  }

  /** A copy of a sequence, which stays the caller's: the loop only copies what is evaluated. */
  Sequence fork(Sequence source) throws InterruptedException {
    Sequence copy = new Sequence(takeSequence(), source);
    int evaluated = copy.evaluated();
    CompletableFuture<Boolean> copied = new CompletableFuture<>();
    post(
        () -> {
          try {
            requireHeld(source);
            evaluator.copy(source.number(), copy.number(), evaluated);
            copied.complete(true);
          } catch (RuntimeException e) {
            copied.completeExceptionally(e);
          }
        },
        copied::completeExceptionally);
    try {
      copied.get();
      return copy;
    } catch (InterruptedException e) {
      // Nobody will close a copy that comes too late.
      release(copy);
      throw e;
    } catch (ExecutionException e) {
      release(copy);
      throw new ModelException(Kind.UNAVAILABLE, model.name() + " cannot fork a session", e);
    }
  }

  /** Frees a sequence, ending what its session still does. */
  void release(Sequence sequence) {
    post(
        () -> {
          active.stream().filter(work -> work.sequence == sequence).forEach(BatchLoop::drop);
          active.removeIf(Work::finished);
          evaluator.truncate(sequence.number(), 0);
          sequence.release();
        },
        alreadyEnded -> {});
    // Whoever takes it next posts commands of its own, which run after the one above.
    synchronized (freeSequences) {
      freeSequences.add(sequence.number());
    }
  }

  /** Ends all sessions' work and frees the evaluator. Idempotent. */
  @Override
  public void close() {
    commands.add(new Command(() -> stopping = true, alreadyEnded -> {}));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Runnable action, Consumer<RuntimeException> ifStopped) {
    Command command = new Command(action, ifStopped);
    commands.add(command);
    if (stopped && commands.remove(command)) {
      ifStopped.accept(gone());
    }
  }

  /** The lowest free one: where sequences are rows of a tensor, dense ones compute fastest. */
  private int takeSequence() {
    synchronized (freeSequences) {
      Integer sequence = freeSequences.poll();
      if (sequence == null) {
        throw new ModelException(
            Kind.OUT_OF_CAPACITY,
            "all " + maxSessions + " sessions of " + model.name() + " are in use");
      }
      return sequence;
    }
  }

  // ---- the loop ----

  private void run() {
    try {
      while (!stopping) {
        takeCommands();
        active.stream().filter(Work::cancelled).forEach(BatchLoop::drop);
        active.removeIf(Work::finished);
        if (!stopping && !active.isEmpty()) {
          computeNext();
        }
      }
    } finally {
      stopped = true;
      active.forEach(work -> work.fail(gone()));
      for (Command late = commands.poll(); late != null; late = commands.poll()) {
        late.ifStopped().accept(gone());
      }
      evaluator.close();
    }
  }

  private void computeNext() {
    if (shape != null && active.stream().allMatch(Packing::decodesNow)) {
      int together = shape.choose(active.size());
      List<Slice> slices = Packing.next(active, evaluator.limits(), together);
      long start = System.nanoTime();
      compute(slices);
      shape.took(slices.size(), (System.nanoTime() - start) / 1e9);
      // Whoever was left out is first next time.
      Collections.rotate(active, -slices.size());
      return;
    }
    compute(Packing.next(active, evaluator.limits()));
    // Whoever did not fit is first next time.
    Collections.rotate(active, -1);
  }

  /** Runs the waiting commands; waits for one when there is nothing else to do. */
  private void takeCommands() {
    try {
      active.removeIf(Work::finished);
      Command command = commands.poll();
      if (command == null && active.isEmpty()) {
        evaluator.rest();
        command = commands.take();
      }
      while (command != null) {
        command.action().run();
        command = commands.poll();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /**
   * Computes slices in one batch. If that does not go, each half is tried alone, so that only the
   * session that really does not fit fails.
   */
  private void compute(List<Slice> slices) {
    slices.forEach(slice -> trim(slice.work().sequence));
    try {
      evaluator.evaluate(slices.stream().map(Slice::run).toList());
    } catch (RuntimeException e) {
      slices.forEach(s -> evaluator.truncate(s.work().sequence.number(), s.from()));
      if (slices.size() == 1) {
        slices.getFirst().work().fail(e);
        return;
      }
      int half = slices.size() / 2;
      compute(slices.subList(0, half));
      compute(slices.subList(half, slices.size()));
      return;
    }
    slices.forEach(this::deliver);
  }

  private void trim(Sequence sequence) {
    if (sequence.stale()) {
      evaluator.truncate(sequence.number(), sequence.evaluated());
      sequence.trimmed();
    }
  }

  private void deliver(Slice slice) {
    Work work = slice.work();
    work.sequence.evaluatedTo(slice.to());
    guarded(
        work,
        () -> {
          for (int position = slice.logitsFrom(); position < slice.to(); position++) {
            evaluator.logits(work.sequence.number(), position, row);
            work.onLogits(position, row, sampler);
          }
          if (slice.reachesTarget()) {
            work.onTarget();
          }
        });
  }

  /**
   * Runs what belongs to one work, so that its failure (a caller's stop condition, say) is its own.
   */
  private static void guarded(Work work, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      work.fail(e);
    }
  }

  /** A session may be closed by another thread just before it asks for something. */
  private static void requireHeld(Sequence sequence) {
    if (sequence.released()) {
      throw new ModelException(Kind.UNAVAILABLE, "the session is closed");
    }
  }

  private static void drop(Work work) {
    work.fail(new ModelException(Kind.UNAVAILABLE, "cancelled"));
  }

  private ModelException gone() {
    return new ModelException(Kind.UNAVAILABLE, model.name() + " is closed");
  }
}
