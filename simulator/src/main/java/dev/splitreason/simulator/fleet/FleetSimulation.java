package dev.splitreason.simulator.fleet;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.Latency;
import dev.splitreason.simulator.answer.AnswerCost;
import dev.splitreason.simulator.answer.Answering;
import dev.splitreason.simulator.answer.LatencyPart;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.Serving;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.server.BatchServer;
import dev.splitreason.simulator.server.Device;
import dev.splitreason.simulator.server.ServerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Simulates a demand on a fleet.
 *
 * @param fleet the devices
 * @param demand the answers
 * @param settings how they are decoded
 */
public record FleetSimulation(Fleet fleet, Demand demand, SplitSettings settings) {

  private static final double SECONDS_AN_HOUR = 3600;
  private static final double MILLION = 1e6;

  public FleetSimulation {
    requireRoom(fleet.profile().small(), demand, settings);
    requireRoom(fleet.profile().large(), demand, settings);
  }

  /** Simulates the demand in each of the modes: the same answers at the same times. */
  public FleetReport run(List<Mode> modes) {
    return new FleetReport(
        fleet.profile().name(),
        fleet.profile().source(),
        demand.outlines().size(),
        demand.perSecond(),
        Outline.offloadRatio(demand.outlines()),
        modes.stream().map(this::run).toList());
  }

  private FleetResult run(Mode mode) {
    EventQueue clock = new EventQueue();
    int smallCopies = fleet.smallCopies(mode);
    int largeCopies = fleet.largeCopies(mode);
    Serving serving =
        new Serving(
            clock,
            fleet.profile(),
            pool(clock, fleet.profile().small(), smallCopies, fleet.smallBatch()),
            pool(clock, fleet.profile().large(), largeCopies, fleet.largeBatch()));
    Progress progress = new Progress(serving, demand.outlines().size());
    SplittableRandom random = new SplittableRandom(demand.seed());
    double[] arrivals = demand.arrivals();
    for (int i = 0; i < arrivals.length; i++) {
      Outline outline = demand.outlines().get(i);
      SplittableRandom own = random.split();
      clock.at(arrivals[i], () -> progress.begin(mode, outline, own));
    }
    clock.run();
    return result(mode, smallCopies, largeCopies, progress.steady());
  }

  private static ServerPool pool(EventQueue clock, ModelProfile model, int copies, int batch) {
    List<BatchServer> servers =
        Stream.generate(
                () ->
                    new BatchServer(
                        clock,
                        new Device(clock),
                        model.time(),
                        BatchServer.DEFAULT_PREFILL_BUDGET,
                        Serving.LONGEST_RUN))
            .limit(copies)
            .toList();
    return new ServerPool(servers, batch, kvTokens(model));
  }

  private static long kvTokens(ModelProfile model) {
    return model.kvTokens() == null ? Long.MAX_VALUE : model.kvTokens();
  }

  /** What a moment looks like: the time, and the seconds devices have worked until then. */
  private record Moment(double time, double smallBusy, double largeBusy) {}

  /** What is looked at: the answers finished between two moments. */
  private record Steady(Moment begin, Moment end, List<Answering> finished) {
    double seconds() {
      return end.time() - begin.time();
    }
  }

  /** Answers as they begin and finish. */
  private final class Progress {
    private final Serving serving;
    private final int skipped;
    private final int answers;
    private final List<Answering> finished = new ArrayList<>();
    private Moment begin = new Moment(0, 0, 0);
    private @Nullable Moment end;

    Progress(Serving serving, int answers) {
      this.serving = serving;
      this.answers = answers;
      this.skipped = answers / 10;
    }

    void begin(Mode mode, Outline outline, SplittableRandom random) {
      mode.start(serving, outline, settings, random, this::finish);
    }

    private void finish(Answering answer) {
      finished.add(answer);
      if (finished.size() == skipped) {
        begin = now();
      }
      if (finished.size() == answers - skipped) {
        end = now();
      }
    }

    private Moment now() {
      return new Moment(
          serving.clock().now(), serving.small().busySeconds(), serving.large().busySeconds());
    }

    Steady steady() {
      if (end == null) {
        throw new IllegalStateException(
            "only " + finished.size() + " of " + answers + " answers came to an end");
      }
      return new Steady(begin, end, finished.subList(skipped, answers - skipped));
    }
  }

  private FleetResult result(Mode mode, int smallCopies, int largeCopies, Steady steady) {
    List<AnswerCost> costs = steady.finished().stream().map(Answering::cost).toList();
    double seconds = steady.seconds();
    double queue =
        mean(costs.stream().mapToDouble(cost -> cost.seconds(LatencyPart.QUEUE)).sum(), costs);
    double latency = mean(costs.stream().mapToDouble(AnswerCost::latency).sum(), costs);
    double smallBusy = steady.end().smallBusy() - steady.begin().smallBusy();
    double largeBusy = steady.end().largeBusy() - steady.begin().largeBusy();
    int smallDevices = smallCopies * fleet.profile().small().devices();
    int largeDevices = largeCopies * fleet.profile().large().devices();
    double busyDeviceSeconds =
        smallBusy * fleet.profile().small().devices()
            + largeBusy * fleet.profile().large().devices();
    double perMillion = MILLION / costs.size() / SECONDS_AN_HOUR;
    return new FleetResult(
        mode,
        smallDevices,
        largeDevices,
        costs.size() / seconds,
        steady.finished().stream().mapToInt(Answering::text).sum() / seconds,
        Latency.of(costs.stream().mapToDouble(AnswerCost::latency).toArray()),
        queue,
        queue > latency - queue,
        share(smallBusy, smallCopies * seconds),
        share(largeBusy, largeCopies * seconds),
        (smallDevices + largeDevices) * seconds * perMillion,
        busyDeviceSeconds * perMillion);
  }

  private static double mean(double sum, List<AnswerCost> costs) {
    return sum / costs.size();
  }

  private static double share(double busy, double available) {
    return available == 0 ? 0 : busy / available;
  }

  private static void requireRoom(ModelProfile model, Demand demand, SplitSettings settings) {
    int longest =
        demand.outlines().stream()
            .mapToInt(outline -> Answering.room(outline, settings))
            .max()
            .orElseThrow();
    if (longest > kvTokens(model)) {
      throw new UserMistake(
          String.format(
              Locale.ROOT,
              "an answer of %d tokens does not fit the %d tokens of KV memory of '%s'",
              longest,
              kvTokens(model),
              model.name()));
    }
  }
}
