package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.sampling.Sampler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * The decode loop of one model: a thread that packs the pending work of all sessions into each
 * {@code llama_decode} call, single decode tokens and prefill chunks together (continuous batching,
 * Orca, OSDI 2022).
 *
 * <p>Only this thread touches the context. Sessions talk to it through a queue of commands and get
 * their answers in the mailbox of their work.
 */
final class Scheduler implements AutoCloseable {

  /**
   * The most prefill tokens of a batch while others decode: on a CPU a chunk of this size is nearly
   * as efficient as a full one, and no decoding session waits long for its next token.
   */
  private static final int PREFILL_BESIDE_DECODE = 64;

  /**
   * A part of a work that is in the batch: the session's tokens from … to - 1, at a place in the
   * batch.
   */
  private record Slice(Work work, int from, int to, boolean reachesTarget) {}

  private final LlamaContext context;
  private final String modelName;
  private final CpuShare cpu;
  private final Sampler sampler;
  private final float[] row;
  private final Deque<Integer> freeSequences = new ArrayDeque<>();
  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final List<Work> active = new ArrayList<>();
  private final Thread thread;
  private boolean stopping;
  private volatile boolean stopped;

  Scheduler(
      LlamaContext context, String modelName, int maxSessions, int vocabularySize, CpuShare cpu) {
    this.context = context;
    this.modelName = modelName;
    this.cpu = cpu;
    this.sampler = new Sampler(vocabularySize);
    this.row = new float[vocabularySize];
    for (int sequence = 0; sequence < maxSessions; sequence++) {
      freeSequences.add(sequence);
    }
    this.thread = Thread.ofPlatform().daemon().name("llama " + modelName).start(this::run);
  }

  // ---- called by sessions ----

  /** Opens a session on a free sequence. */
  LlamaSession open(LlamaCppModel model) {
    if (stopped) {
      throw gone();
    }
    return new LlamaSession(model, this, takeSequence());
  }

  void submit(Work work) {
    post(
        () -> {
          active.add(work);
          float[] known = work.knownLogits();
          if (known != null) {
            guarded(work, () -> work.onLogits(work.session.evaluated() - 1, known, sampler));
          }
        },
        work::fail);
  }

  LlamaSession fork(LlamaSession source) throws InterruptedException {
    int sequence = takeSequence();
    CompletableFuture<LlamaSession> copy = new CompletableFuture<>();
    post(
        () -> {
          trim(source);
          context.share(source.sequence(), sequence, source.evaluated());
          copy.complete(source.copyAs(sequence));
        },
        copy::completeExceptionally);
    try {
      return copy.get();
    } catch (InterruptedException e) {
      // Nobody will close a copy that comes too late.
      free(sequence);
      throw e;
    } catch (ExecutionException e) {
      throw new ModelException(Kind.UNAVAILABLE, modelName + " cannot fork a session", e);
    }
  }

  /** Frees a session's sequence, ending what it still does. */
  void release(LlamaSession session) {
    post(
        () -> {
          for (Iterator<Work> works = active.iterator(); works.hasNext(); ) {
            Work work = works.next();
            if (work.session == session) {
              works.remove();
              work.fail(cancelled());
            }
          }
        },
        alreadyEnded -> {});
    free(session.sequence());
  }

  private void free(int sequence) {
    post(() -> context.trim(sequence, 0), alreadyFreed -> {});
    // Whoever takes it next posts commands of its own, which run after the one above.
    returnSequence(sequence);
  }

  /** Ends all sessions' work and frees the context. */
  @Override
  public void close() {
    commands.add(() -> stopping = true);
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

  /** A command that can be told that it will not run. */
  private record Command(Runnable action, Consumer<RuntimeException> ifStopped)
      implements Runnable {
    @Override
    public void run() {
      action.run();
    }
  }

  private void post(Runnable action, Consumer<RuntimeException> ifStopped) {
    Command command = new Command(action, ifStopped);
    commands.add(command);
    if (stopped && commands.remove(command)) {
      ifStopped.accept(gone());
    }
  }

  private int takeSequence() {
    synchronized (freeSequences) {
      Integer sequence = freeSequences.poll();
      if (sequence == null) {
        throw new ModelException(
            Kind.OUT_OF_CAPACITY, "all sessions of " + modelName + " are in use");
      }
      return sequence;
    }
  }

  private void returnSequence(int sequence) {
    synchronized (freeSequences) {
      freeSequences.add(sequence);
    }
  }

  // ---- the loop ----

  private void run() {
    while (!stopping) {
      takeCommands();
      endCancelled();
      if (!stopping && !active.isEmpty()) {
        compute(nextBatch());
        active.removeIf(Work::finished);
      }
    }
    stopped = true;
    active.forEach(work -> work.fail(gone()));
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      if (command instanceof Command late) {
        late.ifStopped().accept(gone());
      }
    }
    context.close();
  }

  /** Runs the waiting commands; waits for one when there is nothing else to do. */
  private void takeCommands() {
    try {
      Runnable command = active.isEmpty() ? commands.take() : commands.poll();
      while (command != null) {
        command.run();
        active.removeIf(Work::finished);
        command = commands.poll();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void endCancelled() {
    for (Iterator<Work> works = active.iterator(); works.hasNext(); ) {
      Work work = works.next();
      if (work.cancelled()) {
        works.remove();
        work.fail(cancelled());
      }
    }
  }

  /**
   * Picks what to compute next: every decode's token, then as much of the prefills and scores as
   * fits.
   */
  private List<Slice> nextBatch() {
    List<Slice> slices = new ArrayList<>();
    int room = context.capacity();
    int outputs = context.maxOutputs();
    for (Work work : active) {
      if (work instanceof Work.Decode && room > 0 && outputs > 0 && onlyOneTokenLeft(work)) {
        slices.add(slice(work, 1));
        room--;
        outputs--;
      }
    }
    if (!slices.isEmpty()) {
      room = Math.min(room, PREFILL_BESIDE_DECODE);
    }
    for (Work work : active) {
      if (work instanceof Work.Decode && onlyOneTokenLeft(work)) {
        continue;
      }
      int from = work.session.evaluated();
      int count = Math.min(work.target() - from, room);
      int silent = Math.clamp((long) work.logitsFrom() - from, 0, count);
      count = Math.min(count, silent + outputs);
      if (count > 0 || work.target() == from) {
        slices.add(slice(work, count));
        room -= count;
        outputs -= Math.max(0, count - silent);
      }
    }
    // Whoever did not fit is first next time.
    Collections.rotate(active, -1);
    return slices;
  }

  private static boolean onlyOneTokenLeft(Work work) {
    return work.target() - work.session.evaluated() == 1;
  }

  private static Slice slice(Work work, int count) {
    int from = work.session.evaluated();
    return new Slice(work, from, from + count, from + count == work.target());
  }

  /**
   * Computes slices in one batch. If they do not fit the KV cache together, each half is tried
   * alone, so that only a session that really does not fit fails.
   */
  private void compute(List<Slice> slices) {
    context.clear();
    for (Slice slice : slices) {
      trim(slice.work().session);
      for (int i = slice.from(); i < slice.to(); i++) {
        LlamaSession session = slice.work().session;
        context.add(session.sequence(), i, session.token(i), i >= slice.work().logitsFrom());
      }
    }
    LlamaContext.Outcome outcome = context.isEmpty() ? LlamaContext.Outcome.DONE : timeShared();
    if (outcome == LlamaContext.Outcome.DONE) {
      deliver(slices);
      return;
    }
    slices.forEach(s -> context.trim(s.work().session.sequence(), s.from()));
    if (slices.size() == 1) {
      slices.getFirst().work().fail(reason(outcome));
      return;
    }
    int half = slices.size() / 2;
    compute(slices.subList(0, half));
    compute(slices.subList(half, slices.size()));
  }

  private LlamaContext.Outcome timeShared() {
    cpu.acquire();
    try {
      return context.compute();
    } finally {
      cpu.release();
    }
  }

  private void deliver(List<Slice> slices) {
    int place = 0;
    for (Slice slice : slices) {
      Work work = slice.work();
      int first = place;
      place += slice.to() - slice.from();
      work.session.evaluatedTo(slice.to());
      int logitsFrom = Math.max(slice.from(), work.logitsFrom());
      guarded(
          work,
          () -> {
            for (int i = logitsFrom; i < slice.to(); i++) {
              context.logits(first + i - slice.from(), row);
              work.onLogits(i, row, sampler);
            }
            if (slice.reachesTarget()) {
              work.onTarget();
            }
          });
    }
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

  private void trim(LlamaSession session) {
    if (session.stale()) {
      context.trim(session.sequence(), session.evaluated());
      session.trimmed();
    }
  }

  private ModelException reason(LlamaContext.Outcome outcome) {
    return outcome == LlamaContext.Outcome.NO_ROOM
        ? new ModelException(
            Kind.OUT_OF_CAPACITY,
            "the KV cache of "
                + modelName
                + " is full: close other sessions or give it more cache tokens")
        : new ModelException(Kind.UNAVAILABLE, modelName + " failed to compute a batch");
  }

  private ModelException gone() {
    return new ModelException(Kind.UNAVAILABLE, modelName + " is closed");
  }

  private static ModelException cancelled() {
    return new ModelException(Kind.UNAVAILABLE, "cancelled");
  }
}
