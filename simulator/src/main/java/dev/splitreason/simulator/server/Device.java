package dev.splitreason.simulator.server;

import dev.splitreason.simulator.clock.EventQueue;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An accelerator, or several that work as one. It runs one forward pass at a time; servers that
 * share it take turns, first come first served.
 */
public final class Device {

  private final EventQueue clock;
  private final Queue<BatchServer> waiting = new ArrayDeque<>();
  private @Nullable BatchServer holder;
  private boolean granting;
  private int servers;

  public Device(EventQueue clock) {
    this.clock = clock;
  }

  void attach() {
    servers++;
  }

  /** Whether no second server could want the device in the middle of a run of passes. */
  boolean hasOneServer() {
    return servers == 1;
  }

  /**
   * Asks for the device. An idle device is granted only after everything else that happens at this
   * moment, so that requests that arrive together share a pass.
   */
  void request(BatchServer server) {
    waiting.add(server);
    if (holder == null && !granting) {
      granting = true;
      clock.at(
          clock.now(),
          () -> {
            granting = false;
            grant();
          });
    }
  }

  /** The pass is over: whoever waits longest is next. */
  void release() {
    holder = null;
    grant();
  }

  private void grant() {
    holder = waiting.poll();
    if (holder != null) {
      holder.begin();
    }
  }
}
