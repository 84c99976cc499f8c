package dev.splitreason.simulator.server;

import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.profile.Pass;
import dev.splitreason.simulator.profile.PassTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a model on a device. Each forward pass writes a token of every sequence that decodes
 * and prefills up to a budget of tokens besides (continuous batching with chunked prefill, arXiv
 * 2403.02310).
 *
 * <p>As long as the same sequences decode, their passes are one event: a run. A request that comes
 * in the meantime cuts the run at the end of the pass in flight, which is where it would have had
 * to wait anyway.
 */
public final class BatchServer {

  /** Tokens prefilled in one pass, unless said otherwise (vLLM's default on small batches). */
  public static final int DEFAULT_PREFILL_BUDGET = 512;

  private final EventQueue clock;
  private final Device device;
  private final PassTime time;
  private final int prefillBudget;
  private final int longestRun;

  private final List<ServedSequence> active = new ArrayList<>();
  private final List<ServedSequence> inPass = new ArrayList<>();
  private boolean requested;
  private boolean running;
  private EventQueue.@Nullable Event endOfRun;
  private double startOfRun;
  private double[] endOfPass = new double[1];
  private int passes;
  private Pass firstPass = Pass.decode(0, 0);
  private double busySeconds;

  /**
   * A server on a device.
   *
   * @param prefillBudget the most tokens prefilled in one pass
   * @param longestRun the most passes taken as one event; 1 to simulate each, with the same result
   */
  public BatchServer(
      EventQueue clock, Device device, PassTime time, int prefillBudget, int longestRun) {
    this.clock = clock;
    this.device = device;
    this.time = time;
    this.prefillBudget = prefillBudget;
    this.longestRun = longestRun;
    device.attach();
  }

  /** Opens an empty sequence. */
  public ServedSequence open() {
    return new ServedSequence(this);
  }

  /** Seconds spent in passes until now. */
  public double busySeconds() {
    return running ? busySeconds + clock.now() - startOfRun : busySeconds;
  }

  void enqueue(ServedSequence sequence) {
    active.add(sequence);
    if (running) {
      cutShort();
    } else {
      requestDevice();
    }
  }

  void dequeue(ServedSequence sequence) {
    active.remove(sequence);
  }

  private void requestDevice() {
    if (!requested) {
      requested = true;
      device.request(this);
    }
  }

  /** The device is ours: composes a pass, or a run of equal ones, and waits for its end. */
  void begin() {
    requested = false;
    if (active.isEmpty()) {
      device.release();
      return;
    }
    running = true;
    firstPass = compose();
    passes = firstPass.prefilled() == 0 && device.hasOneServer() ? passesUntilOneIsDone() : 1;
    planEnds();
    endOfRun = clock.at(endOfPass[passes - 1], this::end);
  }

  private Pass compose() {
    inPass.clear();
    int budget = admitPrefills(prefillBudget, true);
    budget = admitPrefills(budget, false);
    int decoding = 0;
    double decodingContext = 0;
    double prefillContext = 0;
    double prefillPairs = 0;
    for (ServedSequence sequence : active) {
      Request request = sequence.current();
      request.decoding = request.toDecode > 0 && request.prefilling == request.toPrefill;
      if (!request.isInFlight()) {
        continue;
      }
      inPass.add(sequence);
      if (request.decoding) {
        decoding++;
        decodingContext += sequence.length() + request.prefilling;
      }
      if (request.prefilling > 0) {
        prefillContext += sequence.length();
        prefillPairs += Pass.pairs(request.prefilling, sequence.length());
      }
    }
    return new Pass(
        decoding, decodingContext, prefillBudget - budget, prefillContext, prefillPairs);
  }

  private int admitPrefills(int budget, boolean waitedFor) {
    int left = budget;
    for (ServedSequence sequence : active) {
      Request request = sequence.current();
      if (request.waitedFor == waitedFor) {
        request.prefilling = Math.min(request.toPrefill, left);
        left -= request.prefilling;
      }
    }
    return left;
  }

  private int passesUntilOneIsDone() {
    int fewest = longestRun;
    for (ServedSequence sequence : inPass) {
      fewest = Math.min(fewest, sequence.current().toDecode);
    }
    return fewest;
  }

  private void planEnds() {
    if (endOfPass.length < passes) {
      endOfPass = new double[Math.max(passes, 2 * endOfPass.length)];
    }
    startOfRun = clock.now();
    double end = startOfRun + time.seconds(firstPass);
    endOfPass[0] = end;
    for (int i = 1; i < passes; i++) {
      double context = firstPass.decodingContext() + (double) i * firstPass.decoding();
      end += time.seconds(Pass.decode(firstPass.decoding(), context));
      endOfPass[i] = end;
    }
  }

  private void cutShort() {
    int current = 0;
    while (endOfPass[current] < clock.now()) {
      current++;
    }
    if (current + 1 < passes && endOfRun != null) {
      endOfRun.cancel();
      passes = current + 1;
      endOfRun = clock.at(endOfPass[current], this::end);
    }
  }

  private void end() {
    running = false;
    double seconds = endOfPass[passes - 1] - startOfRun;
    busySeconds += seconds;
    List<Request> finished = credit(seconds);
    finished.forEach(request -> request.done.accept(request.work()));
    if (!active.isEmpty()) {
      requestDevice();
    }
    device.release();
  }

  /** Books tokens and device time; gives back the requests that are done. */
  private List<Request> credit(double seconds) {
    boolean mixed = firstPass.prefilled() > 0;
    double decodeSeconds = mixed ? time.seconds(firstPass.decodingOnly()) : seconds;
    double startOfLast = passes == 1 ? startOfRun : endOfPass[passes - 2];
    double lastStep = mixed ? decodeSeconds : endOfPass[passes - 1] - startOfLast;
    double prefillSeconds = seconds - decodeSeconds;
    List<Request> finished = new ArrayList<>();
    for (ServedSequence sequence : inPass) {
      Request request = sequence.current();
      if (request.prefilling > 0) {
        request.prefillSeconds += prefillSeconds * request.prefilling / firstPass.prefilled();
        request.toPrefill -= request.prefilling;
        sequence.grow(request.prefilling);
        request.prefilling = 0;
      }
      if (request.decoding) {
        request.decodeSeconds += decodeSeconds / firstPass.decoding();
        request.lastStepSeconds = lastStep;
        request.toDecode -= passes;
        sequence.grow(passes);
        request.decoding = false;
      }
      if (request.isDone()) {
        finished.add(request);
        if (!sequence.next()) {
          active.remove(sequence);
        }
      }
    }
    return finished;
  }
}
