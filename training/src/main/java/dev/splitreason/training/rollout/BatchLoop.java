package dev.splitreason.training.rollout;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.training.model.KeyValueCache;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.tensor.GradientMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The thread that computes for all sessions of one model: whatever they wait for now goes into the
 * next forward passes together (continuous batching, Orca, OSDI 2022). Only this thread touches the
 * weights and the cache.
 */
final class BatchLoop implements AutoCloseable {

  /** The most new tokens of a pass, padding included: bounds its memory. */
  private static final int PASS_TOKENS = 8192;

  /** Padding of a pass that costs less than a pass of its own would. */
  private static final int CHEAP_PADDING = 512;

  private final String name;
  private final Qwen2 weights;
  private final Sampler sampler;
  private final float[] row;
  private final KeyValueCache cache;
  private final PriorityQueue<Integer> freeRows = new PriorityQueue<>();
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final List<Work> active = new ArrayList<>();
  private final Thread thread;
  private boolean stopping;
  private volatile boolean stopped;
  private volatile TorchModel.BatchCount batches = new TorchModel.BatchCount(0, 0, 0);

  /** Something to do on the loop's thread, and what if it has ended. */
  private record Command(Runnable action, Consumer<RuntimeException> ifStopped) {}

  /** The next tokens of a work, from … to - 1, as a row of a pass. */
  private record Slice(Work work, int from, int to) {
    static Slice of(Work work) {
      int from = work.session.evaluated();
      return new Slice(work, from, Math.min(work.session.length(), from + PASS_TOKENS));
    }

    int width() {
      return to - from;
    }

    int logitsFrom() {
      return Math.clamp(work.logitsFrom(), from, to);
    }
  }

  BatchLoop(String name, Qwen2 weights, int rows) {
    this.name = name;
    this.weights = weights;
    this.sampler = new Sampler(weights.config().vocabularySize());
    this.row = new float[weights.config().vocabularySize()];
    this.cache = weights.newCache(rows);
    for (int i = 0; i < rows; i++) {
      freeRows.add(i);
    }
    this.thread = Thread.ofPlatform().daemon().name("rollouts " + name).start(this::run);
  }

  // ---- called by sessions ----

  TorchModel.BatchCount batches() {
    return batches;
  }

  /** The lowest free row: the denser the rows, the less the cache must gather. */
  int takeRow() {
    if (stopped) {
      throw gone();
    }
    synchronized (freeRows) {
      Integer free = freeRows.poll();
      if (free == null) {
        throw new ModelException(
            Kind.OUT_OF_CAPACITY, "all " + cache.rows() + " sessions of " + name + " are in use");
      }
      return free;
    }
  }

  void submit(Work work) {
    post(
        () -> {
          active.add(work);
          guarded(work, () -> work.begin(sampler));
        },
        work::fail);
  }

  void copyRow(int from, int to) throws InterruptedException {
    CompletableFuture<Boolean> copied = new CompletableFuture<>();
    post(
        () -> {
          cache.copy(from, to);
          copied.complete(true);
        },
        copied::completeExceptionally);
    try {
      copied.get();
    } catch (ExecutionException e) {
      throw new ModelException(Kind.UNAVAILABLE, name + " cannot fork a session", e);
    }
  }

  /** Ends what a row's session still does, and gives the row to whoever is next. */
  void release(int row) {
    post(
        () -> {
          active.stream().filter(work -> work.session.row() == row).forEach(BatchLoop::cancel);
          active.removeIf(Work::finished);
        },
        alreadyEnded -> {});
    // Whoever takes it next posts commands of its own, which run after the one above.
    synchronized (freeRows) {
      freeRows.add(row);
    }
  }

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

  // ---- the loop ----

  private void run() {
    try (GradientMode _ = GradientMode.off()) {
      while (!stopping) {
        takeCommands();
        active.stream().filter(Work::cancelled).forEach(BatchLoop::cancel);
        active.removeIf(Work::finished);
        if (!stopping && !active.isEmpty()) {
          computeAll();
        }
      }
    } finally {
      stopped = true;
      active.forEach(work -> work.fail(gone()));
      for (Command late = commands.poll(); late != null; late = commands.poll()) {
        late.ifStopped().accept(gone());
      }
      cache.close();
    }
  }

  /** Runs the waiting commands; waits for one when there is nothing else to do. */
  private void takeCommands() {
    try {
      Command command = active.isEmpty() ? commands.take() : commands.poll();
      while (command != null) {
        command.action().run();
        command = commands.poll();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /**
   * Computes the next tokens of every work, in as few passes as cost little padding: in order of
   * their number, each pass takes in the next work unless that would fill it up with padding.
   */
  private void computeAll() {
    List<Slice> slices = new ArrayList<>();
    active.forEach(work -> slices.add(Slice.of(work)));
    slices.sort(Comparator.comparingInt(Slice::width).reversed());
    int from = 0;
    while (from < slices.size()) {
      int width = slices.get(from).width();
      int to = from;
      int padding = 0;
      while (to < slices.size() && (to + 1 - from) * width <= Math.max(width, PASS_TOKENS)) {
        padding += width - slices.get(to).width();
        if (padding > CHEAP_PADDING) {
          break;
        }
        to++;
      }
      compute(slices.subList(from, to));
      from = to;
    }
    active.removeIf(Work::finished);
  }

  private void compute(List<Slice> slices) {
    List<Slice> pass = new ArrayList<>(slices);
    pass.sort(Comparator.comparingInt(slice -> slice.work().session.row()));
    try (PointerScope _ = new PointerScope()) {
      deliver(pass, logits(pass));
    } catch (RuntimeException e) {
      ModelException failure =
          new ModelException(Kind.UNAVAILABLE, name + " failed to compute: " + e.getMessage(), e);
      pass.forEach(slice -> slice.work().fail(failure));
    }
  }

  /** The logits that are wanted, [places, vocabulary], slice after slice. */
  private float[] logits(List<Slice> pass) {
    int[] rows = new int[pass.size()];
    int[][] tokens = new int[pass.size()][];
    int width = 0;
    for (int i = 0; i < rows.length; i++) {
      Slice slice = pass.get(i);
      TorchSession session = slice.work().session;
      rows[i] = session.row();
      tokens[i] = session.tokens(slice.from(), slice.to());
      cache.truncate(rows[i], slice.from());
      width = Math.max(width, slice.width());
    }
    Tensor hidden = weights.forward(cache, rows, tokens);
    count(pass);
    long[] places = places(pass, width);
    if (places.length == 0) {
      return new float[0];
    }
    Tensor wanted = hidden.reshape(-1, hidden.size(2)).index_select(0, torch.tensor(places));
    Tensor logits = weights.logits(wanted).cpu().to(ScalarType.Float).contiguous();
    float[] values = new float[Math.toIntExact(logits.numel())];
    logits.data_ptr_float().get(values);
    return values;
  }

  private static long[] places(List<Slice> pass, int width) {
    return IntStream.range(0, pass.size())
        .boxed()
        .flatMapToLong(
            i -> {
              Slice slice = pass.get(i);
              long start = (long) i * width - slice.from();
              return LongStream.range(start + slice.logitsFrom(), start + slice.to());
            })
        .toArray();
  }

  private void count(List<Slice> pass) {
    TorchModel.BatchCount before = batches;
    int tokens = pass.stream().mapToInt(Slice::width).sum();
    batches =
        new TorchModel.BatchCount(
            before.passes() + 1, before.rows() + pass.size(), before.tokens() + tokens);
  }

  private void deliver(List<Slice> pass, float[] logits) {
    int place = 0;
    for (Slice slice : pass) {
      Work work = slice.work();
      int first = place;
      int logitsFrom = slice.logitsFrom();
      place += slice.to() - logitsFrom;
      boolean reachesTarget = slice.to() == work.session.length();
      work.session.evaluatedTo(slice.to());
      guarded(
          work,
          () -> {
            for (int index = logitsFrom; index < slice.to(); index++) {
              System.arraycopy(
                  logits, (first + index - logitsFrom) * row.length, row, 0, row.length);
              work.onLogits(index, row, sampler);
            }
            if (reachesTarget) {
              work.onTarget();
            }
          });
    }
  }

  /** What belongs to one work, a caller's stop condition say, fails on its own. */
  private static void guarded(Work work, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      work.fail(e);
    }
  }

  private static void cancel(Work work) {
    work.fail(new ModelException(Kind.UNAVAILABLE, "cancelled"));
  }

  private ModelException gone() {
    return new ModelException(Kind.UNAVAILABLE, name + " is closed");
  }
}
