package dev.splitreason.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Lengths;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineGenerator;
import dev.splitreason.simulator.profile.LinearTime;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The large model takes 1 s for an answer of 10 tokens, the small one a tenth of it. */
class FleetSimulationTest {

  private static final ModelProfile SMALL =
      ModelProfile.local("small", LinearTime.ofRates(1e9, 100));
  private static final ModelProfile LARGE =
      ModelProfile.local("large", LinearTime.ofRates(1e9, 10));
  private static final PairProfile PAIR = new PairProfile("test", "made up", SMALL, LARGE, false);

  private static List<Outline> answers(int count, String length, double share) {
    return new OutlineGenerator(
            new Lengths.Fixed(1), Lengths.parse(length), new Lengths.Fixed(3), share)
        .generate(count, 1);
  }

  private static FleetResult run(Fleet fleet, Mode mode, List<Outline> answers, double rate) {
    return new FleetSimulation(fleet, new Demand(answers, rate, 7), SplitSettings.DEFAULT)
        .run(List.of(mode))
        .results()
        .getFirst();
  }

  @Test
  void oneDeviceThatTakesOneAnswerAtATimeIsAnMD1Queue() {
    // One copy takes both devices of the fleet.
    ModelProfile wide = new ModelProfile("wide", SMALL.time(), 0, 0, 0, 2, null);
    Fleet fleet = new Fleet(new PairProfile("test", "made up", wide, LARGE, false), 1, 1, 1, 1);

    for (double load : List.of(0.3, 0.5, 0.7)) {
      FleetResult result = run(fleet, Mode.SMALL, answers(50_000, "10", 0), load / 0.1);

      // Pollaczek-Khinchine: a fixed service of 0.1 s at load ρ waits ρ / (2 (1 - ρ)) of it.
      double wait = load / (2 * (1 - load)) * 0.1;
      assertThat(result.queueSeconds()).isCloseTo(wait, within(0.07 * wait));
      assertThat(result.smallBusy()).isCloseTo(load, within(0.01));
    }
  }

  @Test
  void utilisationIsDemandTimesService() {
    // 0.4 answers a second of 1 s, on 4 devices
    FleetResult result =
        run(new Fleet(PAIR, 2, 2, 1, 1), Mode.LARGE, answers(20_000, "10", 0), 0.4);

    assertThat(result.largeDevices()).isEqualTo(4);
    assertThat(result.largeBusy()).isCloseTo(0.1, within(0.003));
    assertThat(result.answersPerSecond()).isCloseTo(0.4, within(0.01));
    assertThat(result.tokensPerSecond()).isCloseTo(4, within(0.1));
    assertThat(result.busyDeviceHoursPerMillion()).isCloseTo(1e6 / 3600, within(10.0));
    assertThat(result.deviceHoursPerMillion()).isCloseTo(4 / 0.4 * 1e6 / 3600, within(100.0));
  }

  @Test
  void atLowLoadAnAnswerIsAsFastAsAlone() {
    Fleet fleet = new Fleet(PAIR, 2, 2, 4, 4);
    FleetResult result = run(fleet, Mode.SEQUENTIAL, answers(200, "100", 0.06), 0.001);

    // 6 of 100 tokens in two spans of 3, of which each drops 5: 90 + 4 tags, of which 2 are probed
    double alone = (90 + 2) / 100.0 + (6 + 10) / 10.0;
    assertThat(result.latency().p50()).isCloseTo(alone, within(1e-6));
    assertThat(result.queueSeconds()).isZero();
    assertThat(result.overloaded()).isFalse();
  }

  @Test
  void batchingServesManyAtTheSpeedOfOne() {
    // A step costs the same for any batch, so answers only wait for the step in flight.
    FleetResult result =
        run(new Fleet(PAIR, 1, 1, 1000, 1000), Mode.LARGE, answers(5_000, "10", 0), 50);

    assertThat(result.latency().p99()).isBetween(1.0, 1.1 + 1e-6);
    assertThat(result.largeBusy()).isCloseTo(1, within(0.01));
    assertThat(result.answersPerSecond()).isCloseTo(50, within(2.0));
  }

  @Test
  void moreThanTheFleetCanBearIsSaid() {
    FleetResult result = run(new Fleet(PAIR, 1, 1, 1, 1), Mode.LARGE, answers(500, "10", 0), 10);

    assertThat(result.overloaded()).isTrue();
    assertThat(result.answersPerSecond()).isCloseTo(2, within(0.01));
    assertThat(result.largeBusy()).isCloseTo(1, within(1e-3));
  }

  @Test
  void everyModeFinishesEveryAnswerUnderContention() {
    List<FleetResult> results =
        new FleetSimulation(
                new Fleet(PAIR, 1, 1, 8, 3),
                new Demand(answers(300, "geometric:80", 0.1), 2, 7),
                SplitSettings.DEFAULT)
            .run(List.of(Mode.values()))
            .results();

    assertThat(results).extracting(FleetResult::mode).containsExactly(Mode.values());
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.smallBusy()).isBetween(0.0, 1.0 + 1e-9);
              assertThat(result.largeBusy()).isBetween(0.0, 1.0 + 1e-9);
              assertThat(result.busyDeviceHoursPerMillion())
                  .isLessThanOrEqualTo(result.deviceHoursPerMillion() + 1e-6);
            });
  }

  @Test
  void theSeedDecidesEverything() {
    Fleet fleet = new Fleet(PAIR, 1, 1, 8, 3);
    List<Outline> answers = answers(100, "geometric:80", 0.1);

    assertThat(run(fleet, Mode.PIPELINED, answers, 2))
        .isEqualTo(run(fleet, Mode.PIPELINED, answers, 2));
  }

  @Test
  void memoryLimitsHowManyAnswersACopyHolds() throws IOException {
    PairProfile profile = Profiles.load("roofline:h100:1.5b:32b");
    List<Outline> answers = answers(200, "20000", 0.02);

    FleetResult roomy = run(new Fleet(profile, 1, 2, 64, 64), Mode.LARGE, answers, 0.02);
    FleetResult busy = run(new Fleet(profile, 1, 2, 64, 64), Mode.LARGE, answers, 1);

    assertThat(roomy.queueSeconds()).isZero();
    assertThat(busy.overloaded()).isTrue();
  }

  @Test
  void anAnswerThatFitsNoCopyIsRefused() throws IOException {
    PairProfile profile = Profiles.load("roofline:h100:1.5b:32b");
    Demand demand = new Demand(answers(1, "400000", 0.02), 1, 7);

    assertThatThrownBy(
            () ->
                new FleetSimulation(new Fleet(profile, 1, 2, 8, 8), demand, SplitSettings.DEFAULT))
        .hasMessageContaining("does not fit the 299377 tokens of KV memory of '32b");
  }

  @Test
  void devicesThatHoldNoCopyAreRefused() throws IOException {
    Fleet fleet = new Fleet(Profiles.load("roofline:h100:1.5b:32b"), 1, 1, 8, 8);

    assertThatThrownBy(() -> run(fleet, Mode.PIPELINED, answers(1, "10", 0), 1))
        .hasMessage("1 devices do not hold '32b, 16 bits, on 2 H100', which takes 2");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Fleet(PAIR, 0, 1, 1, 1))
        .hasMessage("a fleet has at least 1 device for each model, not 0 and 1");
    assertThatThrownBy(() -> new Fleet(PAIR, 1, 1, 1, 0))
        .hasMessage("a batch has room for at least 1 answer, not 1 and 0");
    assertThatThrownBy(() -> new Demand(answers(1, "10", 0), 0, 1))
        .hasMessage("the arrival rate must be above 0 answers a second, not 0.0");
    assertThatThrownBy(() -> new Demand(List.of(), 1, 1))
        .hasMessage("nothing to simulate: no answers");
  }
}
