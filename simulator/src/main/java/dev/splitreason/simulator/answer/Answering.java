package dev.splitreason.simulator.answer;

import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.outline.Outline;
import java.util.Map;
import java.util.function.Consumer;

/** One answer in the making: a process on the event queue. The modes say how it goes. */
public abstract class Answering {

  final EventQueue clock;
  final Outline outline;
  final SplitSettings settings;
  final Side small;
  final Side large;
  final Timeline timeline;
  private final Consumer<Answering> whenFinished;
  private boolean finished;
  private double latency;
  private Map<LatencyPart, Double> parts = Map.of();

  Answering(Start start) {
    this.clock = start.serving().clock();
    this.outline = start.outline();
    this.settings = start.settings();
    this.small = start.serving().smallSide();
    this.large = start.serving().largeSide();
    this.timeline = new Timeline(clock);
    this.whenFinished = start.whenFinished();
  }

  /** What an answer starts from. */
  record Start(
      Serving serving, Outline outline, SplitSettings settings, Consumer<Answering> whenFinished) {}

  /** Takes the first step. */
  abstract void begin();

  /** What the answer took; complete when the simulation has run to its end. */
  public final AnswerCost cost() {
    if (!finished) {
      throw new IllegalStateException("the answer is not finished");
    }
    return new AnswerCost(latency, parts, small.cost(), large.cost());
  }

  /** Tokens of its text. */
  public final int text() {
    return outline.text();
  }

  /** The longest either sequence can become, in tokens. */
  public static int room(Outline outline, SplitSettings settings) {
    return outline.promptTokens() + outline.tokens() + settings.chunk();
  }

  final int room() {
    return room(outline, settings);
  }

  final boolean finished() {
    return finished;
  }

  final void finish() {
    finished = true;
    latency = timeline.latency();
    parts = timeline.parts();
    small.leave();
    large.leave();
    whenFinished.accept(this);
  }

  /** Lets a model write tokens that are kept; what it has not seen is prefilled first. */
  final void write(Side side, int tokens, Runnable then) {
    if (tokens == 0) {
      then.run();
      return;
    }
    if (side.missing() > 0) {
      side.decodeOne(
          true,
          step -> {
            timeline.spent(side.prefillPart(), side.decodePart(), step);
            write(side, tokens - 1, then);
          });
      return;
    }
    side.decode(
        tokens,
        true,
        () -> {
          timeline.spent(side.decodePart());
          then.run();
        });
  }

  /** The author of a turn is called: half a round trip, and what it costs to take over. */
  final void call(Side side, int turn, Runnable then) {
    double takingOver = turn == 0 ? 0 : side.profile().handOffSeconds();
    travel(takingOver + side.profile().roundTripSeconds() / 2, then);
  }

  /** A request or an answer travels: half a round trip. */
  final void travel(Side side, Runnable then) {
    travel(side.profile().roundTripSeconds() / 2, then);
  }

  private void travel(double seconds, Runnable then) {
    clock.after(
        seconds,
        () -> {
          timeline.spent(LatencyPart.HAND_OFF);
          then.run();
        });
  }
}
