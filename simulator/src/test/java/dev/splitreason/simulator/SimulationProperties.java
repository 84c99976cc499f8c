package dev.splitreason.simulator;

import static dev.splitreason.simulator.Answers.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.answer.AnswerCost;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.LinearTime;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SimulationProperties {

  private static final double ROUNDING = 1e-6;

  @Property
  void thePartsOfAnAnswerAddUpToItsLatency(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings,
      @ForAll Mode mode) {
    AnswerCost cost = cost(profile, outline, settings, mode);

    double parts = cost.parts().values().stream().mapToDouble(Double::doubleValue).sum();

    assertThat(parts).isCloseTo(cost.latency(), within(ROUNDING));
  }

  @Property
  void everyKeptTokenIsWrittenOnceByItsAuthor(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings) {
    for (Mode mode : List.of(Mode.SEQUENTIAL, Mode.PIPELINED)) {
      AnswerCost cost = cost(profile, outline, settings, mode);

      long spans = outline.turns().stream().filter(turn -> turn.author() == Author.LARGE).count();
      long closed = outline.turns().getLast().author() == Author.LARGE ? spans - 1 : spans;
      assertThat(cost.small().decoded()).isEqualTo(outline.tokens(Author.SMALL) - closed);
      assertThat(cost.large().decoded()).isEqualTo(outline.tokens(Author.LARGE));
    }
    for (Mode mode : List.of(Mode.SMALL, Mode.LARGE, Mode.SPECULATIVE)) {
      AnswerCost cost = cost(profile, outline, settings, mode);

      assertThat(cost.small().decoded() + cost.large().decoded()).isEqualTo(outline.text());
    }
  }

  @Property
  void theLargeModelNeverPrefillsATokenTwice(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings) {
    int foreign = outline.promptTokens() + outline.text() - outline.tokens(Author.LARGE);
    for (Mode mode : List.of(Mode.SEQUENTIAL, Mode.PIPELINED)) {
      assertThat(cost(profile, outline, settings, mode).large().prefilled())
          .isLessThanOrEqualTo(foreign);
    }
  }

  @Property
  void aRunOfPassesInOneEventTakesAsLongAsEachByItself(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings,
      @ForAll Mode mode) {
    Simulation simulation = new Simulation(profile, List.of(outline), settings, 1);

    AnswerCost inRuns = simulation.costs(mode).getFirst();
    AnswerCost tokenByToken = simulation.costs(mode, 1).getFirst();

    assertThat(inRuns.latency()).isEqualTo(tokenByToken.latency());
    assertThat(inRuns.large().seconds())
        .isCloseTo(tokenByToken.large().seconds(), within(ROUNDING));
    assertThat(inRuns.small().seconds())
        .isCloseTo(tokenByToken.small().seconds(), within(ROUNDING));
    assertThat(inRuns.large().discarded()).isEqualTo(tokenByToken.large().discarded());
  }

  @Property
  void pipeliningNeverLosesTimeWhenEachModelHasItsDeviceAndReadsFasterThanTheOtherWrites(
      @ForAll("outlines") Outline outline,
      @ForAll("readingPairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings) {
    SplitSettings atOnce = settings.withAwaitsTokenInFlight(false);

    double sequential = cost(profile, outline, atOnce, Mode.SEQUENTIAL).latency();
    double pipelined = cost(profile, outline, atOnce, Mode.PIPELINED).latency();

    assertThat(pipelined).isLessThanOrEqualTo(sequential + ROUNDING);
  }

  @Property
  void awaitingTheTokenInFlightCostsAtMostThatToken(
      @ForAll("outlines") Outline outline,
      @ForAll("quickReaders") LinearTime small,
      @ForAll("quickReaders") LinearTime large,
      @ForAll("settings") SplitSettings settings) {
    double sequential = cost(pair(small, large), outline, settings, Mode.SEQUENTIAL).latency();
    double pipelined = cost(pair(small, large), outline, settings, Mode.PIPELINED).latency();

    int spans = outline.turns().size() / 2;
    assertThat(pipelined)
        .isLessThanOrEqualTo(sequential + spans * large.decodeSeconds() + ROUNDING);
  }

  @Property
  void onADeviceThatBothShareModelsThatTakeTurnsLoseNothing(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings) {
    PairProfile shared = profile.withSharedDevice(true);

    assertThat(cost(shared, outline, settings, Mode.SEQUENTIAL).latency())
        .isEqualTo(cost(profile, outline, settings, Mode.SEQUENTIAL).latency());
  }

  @Property
  void aSharedDeviceNeverDoesTwoThingsAtOnce(
      @ForAll("outlines") Outline outline,
      @ForAll("rates") LinearTime small,
      @ForAll("rates") LinearTime large,
      @ForAll("settings") SplitSettings settings) {
    PairProfile shared = pair(small, large).withSharedDevice(true);

    AnswerCost cost = cost(shared, outline, settings, Mode.PIPELINED);

    // A pass that was begun before the answer's end goes on after it.
    int prompt = outline.promptTokens();
    double lastPass =
        large.decodeSeconds() + (prompt + outline.text()) * large.prefillSecondsPerToken();
    assertThat(cost.small().seconds() + cost.large().seconds())
        .isLessThanOrEqualTo(cost.latency() + lastPass + ROUNDING);
  }

  @Property
  void noScheduleBeatsFullOverlap(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings) {
    double ideal = FullOverlap.seconds(profile, outline);
    for (Mode mode : List.of(Mode.SEQUENTIAL, Mode.PIPELINED)) {
      assertThat(cost(profile, outline, settings, mode).latency())
          .isGreaterThanOrEqualTo(ideal - ROUNDING);
    }
  }

  @Property
  void withoutOverlapAFasterDeviceNeverMakesAnAnswerSlower(
      @ForAll("outlines") Outline outline,
      @ForAll("rates") LinearTime small,
      @ForAll("rates") LinearTime large,
      @ForAll("settings") SplitSettings settings,
      @ForAll("fasterModes") Mode mode) {
    double before = cost(pair(small, large), outline, settings, mode).latency();

    assertThat(cost(pair(faster(small), large), outline, settings, mode).latency())
        .isLessThanOrEqualTo(before + ROUNDING);
    assertThat(cost(pair(small, faster(large)), outline, settings, mode).latency())
        .isLessThanOrEqualTo(before + ROUNDING);
  }

  @Property
  void pipelinedAFasterDeviceLosesAtMostThePassInFlight(
      @ForAll("outlines") Outline outline,
      @ForAll("quickReaders") LinearTime small,
      @ForAll("quickReaders") LinearTime large,
      @ForAll("settings") SplitSettings settings) {
    // A faster device may just have begun a pass when a span opens or closes that the slower one
    // had not.
    double before = cost(pair(small, large), outline, settings, Mode.PIPELINED).latency();
    double passInFlight =
        large.decodeSeconds() + settings.warmChunk() * large.prefillSecondsPerToken();
    double slack = ROUNDING + outline.turns().size() * passInFlight;

    assertThat(cost(pair(faster(small), large), outline, settings, Mode.PIPELINED).latency())
        .isLessThanOrEqualTo(before + slack);
    assertThat(cost(pair(small, faster(large)), outline, settings, Mode.PIPELINED).latency())
        .isLessThanOrEqualTo(before + slack);
  }

  @Property
  void theSameSeedGivesTheSameResult(
      @ForAll("outlines") Outline outline,
      @ForAll("pairs") PairProfile profile,
      @ForAll("settings") SplitSettings settings,
      @ForAll long seed) {
    Simulation simulation = new Simulation(profile, List.of(outline, outline), settings, seed);

    assertThat(simulation.run(List.of(Mode.values())))
        .isEqualTo(simulation.run(List.of(Mode.values())));
  }

  private static AnswerCost cost(
      PairProfile profile, Outline outline, SplitSettings settings, Mode mode) {
    return new Simulation(profile, List.of(outline), settings, 1).costs(mode).getFirst();
  }

  private static LinearTime faster(LinearTime time) {
    return LinearTime.ofRates(1.3 / time.prefillSecondsPerToken(), 1.3 / time.decodeSeconds());
  }

  @Provide
  Arbitrary<Outline> outlines() {
    return Arbitraries.integers()
        .between(1, 90)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(Answers::outline);
  }

  @Provide
  Arbitrary<LinearTime> rates() {
    return Combinators.combine(
            Arbitraries.doubles().between(100, 20_000), Arbitraries.doubles().between(5, 100))
        .as(LinearTime::ofRates);
  }

  /** Models that read faster than the other one writes. */
  @Provide
  Arbitrary<LinearTime> quickReaders() {
    return Combinators.combine(
            Arbitraries.doubles().between(2_000, 20_000), Arbitraries.doubles().between(5, 100))
        .as(LinearTime::ofRates);
  }

  @Provide
  Arbitrary<PairProfile> pairs() {
    return pairs(rates(), 0.05);
  }

  @Provide
  Arbitrary<PairProfile> readingPairs() {
    return pairs(quickReaders(), 0.005);
  }

  private static Arbitrary<PairProfile> pairs(Arbitrary<LinearTime> times, double longestProbe) {
    Arbitrary<ModelProfile> models =
        Combinators.combine(
                times,
                Arbitraries.doubles().between(0, longestProbe).ofScale(4),
                Arbitraries.doubles().between(0, 0.05).ofScale(4),
                Arbitraries.of(0.0, 0.03, 0.2))
            .as(
                (time, probe, handOff, roundTrip) ->
                    ModelProfile.local("model", time)
                        .withProbeSeconds(probe)
                        .withHandOffSeconds(handOff)
                        .withRoundTripSeconds(roundTrip));
    return Combinators.combine(models, models).as(Answers::pair);
  }

  @Provide
  Arbitrary<SplitSettings> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 64),
            Arbitraries.of(true, false))
        .as(
            (chunk, warmChunk, awaits) ->
                SplitSettings.DEFAULT
                    .withChunk(chunk)
                    .withWarmChunk(warmChunk)
                    .withAwaitsTokenInFlight(awaits));
  }

  @Provide
  Arbitrary<Mode> fasterModes() {
    return Arbitraries.of(Mode.SMALL, Mode.LARGE, Mode.SEQUENTIAL, Mode.SPECULATIVE);
  }
}
