package dev.splitreason.simulator.answer;

import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.server.BatchServer;
import dev.splitreason.simulator.server.Device;
import dev.splitreason.simulator.server.ServerPool;
import java.util.List;

/**
 * Both models, served on one clock.
 *
 * @param clock what time it is
 * @param profile how fast the models are
 * @param small the copies of the small model
 * @param large the copies of the large model
 */
public record Serving(EventQueue clock, PairProfile profile, ServerPool small, ServerPool large) {

  /** As many passes as one event may stand for. */
  public static final int LONGEST_RUN = 4096;

  /**
   * One copy of each model, for one answer at a time.
   *
   * @param longestRun the most passes taken as one event; 1 to simulate each
   */
  public static Serving ofOneAnswer(PairProfile profile, int longestRun) {
    EventQueue clock = new EventQueue();
    Device smallDevice = new Device(clock);
    Device largeDevice = profile.sharedDevice() ? smallDevice : new Device(clock);
    return new Serving(
        clock,
        profile,
        onlyCopy(clock, smallDevice, profile.small(), longestRun),
        onlyCopy(clock, largeDevice, profile.large(), longestRun));
  }

  private static ServerPool onlyCopy(
      EventQueue clock, Device device, ModelProfile model, int longestRun) {
    BatchServer server =
        new BatchServer(
            clock, device, model.time(), BatchServer.DEFAULT_PREFILL_BUDGET, longestRun);
    return new ServerPool(List.of(server), 1, Long.MAX_VALUE);
  }

  Side smallSide() {
    return new Side(profile.small(), small, LatencyPart.SMALL_PREFILL, LatencyPart.SMALL_DECODE);
  }

  Side largeSide() {
    return new Side(profile.large(), large, LatencyPart.LARGE_PREFILL, LatencyPart.LARGE_DECODE);
  }
}
