package dev.splitreason.simulator.clock;

import java.util.PriorityQueue;

/**
 * A discrete-event clock: time stands still while an action runs and jumps to the next action when
 * it has run. Actions at the same time run in the order they were planned, so a simulation is
 * deterministic. Not thread-safe; a simulation has one queue and one thread.
 */
public final class EventQueue {

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private double now;
  private long planned;

  /** An action that was planned and may be called off until it has happened. */
  public static final class Event implements Comparable<Event> {
    private final double time;
    private final long order;
    private final Runnable action;
    private boolean cancelled;

    private Event(double time, long order, Runnable action) {
      this.time = time;
      this.order = order;
      this.action = action;
    }

    /** Calls the action off; no effect once it has happened. */
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** Seconds since the simulation began. */
  public double now() {
    return now;
  }

  /**
   * Plans an action.
   *
   * @param time seconds since the simulation began, not in the past
   */
  public Event at(double time, Runnable action) {
    if (!(time >= now)) {
      throw new IllegalArgumentException("it is " + now + " s, too late for " + time + " s");
    }
    Event event = new Event(time, planned++, action);
    events.add(event);
    return event;
  }

  /** Runs an action after a delay; at once, before this returns, when the delay is 0. */
  public void after(double seconds, Runnable action) {
    if (seconds == 0) {
      action.run();
      return;
    }
    at(now + seconds, action);
  }

  /** Lets time pass until nothing is planned any more. */
  public void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      if (next.cancelled) {
        continue;
      }
      now = next.time;
      next.action.run();
    }
  }
}
