package dev.splitreason.simulator;

import static dev.splitreason.simulator.Answers.outline;
import static dev.splitreason.simulator.Answers.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.simulator.answer.AnswerCost;
import dev.splitreason.simulator.answer.LatencyPart;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SpanProbe;
import dev.splitreason.simulator.answer.Speculation;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.profile.LinearTime;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The small model prefills 1000 and decodes 100 tokens a second, the large one 500 and 10. */
class ClosedFormTest {

  private static final Offset<Double> EXACT = within(1e-9);
  private static final ModelProfile SMALL =
      ModelProfile.local("small", LinearTime.ofRates(1000, 100));
  private static final ModelProfile LARGE =
      ModelProfile.local("large", LinearTime.ofRates(500, 10));

  private static final SplitSettings HANDS_BACK_AT_ONCE =
      SplitSettings.DEFAULT.withWarmChunk(32).withAwaitsTokenInFlight(false);

  private static AnswerCost cost(Mode mode, PairProfile profile, Outline outline) {
    return cost(mode, profile, outline, HANDS_BACK_AT_ONCE);
  }

  private static AnswerCost cost(
      Mode mode, PairProfile profile, Outline outline, SplitSettings settings) {
    return new Simulation(profile, List.of(outline), settings, 1).costs(mode).getFirst();
  }

  private static double latency(Mode mode, Outline outline) {
    return cost(mode, pair(SMALL, LARGE), outline).latency();
  }

  @Test
  void oneModelTakesItsPrefillAndItsTokens() {
    Outline outline = outline(200, 20, 80);

    assertThat(latency(Mode.SMALL, outline)).isCloseTo(100 / 1000.0 + 300 / 100.0, EXACT);
    assertThat(latency(Mode.LARGE, outline)).isCloseTo(100 / 500.0 + 300 / 10.0, EXACT);
  }

  @Test
  void sequentialIsTheSumOfItsSteps() {
    double small = 100 / 1000.0 + 201 / 100.0;
    double prefill = (100 + 200) / 500.0;
    double chunks = 3 * (8 / 10.0 + 8 / 1000.0);
    double rest = 80 / 100.0;

    assertThat(latency(Mode.SEQUENTIAL, outline(200, 20, 80)))
        .isCloseTo(small + prefill + chunks + rest, EXACT);
  }

  @Test
  void aSequentialSpanDropsTheRestOfItsLastChunk() {
    AnswerCost cost = cost(Mode.SEQUENTIAL, pair(SMALL, LARGE), outline(200, 20, 80));

    assertThat(cost.large().decoded()).isEqualTo(20);
    assertThat(cost.large().discarded()).isEqualTo(4);
    assertThat(cost.seconds(LatencyPart.DISCARDED)).isCloseTo(4 / 10.0, EXACT);
  }

  @Test
  void aSpanOfWholeChunksDropsNothingSequentially() {
    assertThat(cost(Mode.SEQUENTIAL, pair(SMALL, LARGE), outline(200, 16, 80)).large().discarded())
        .isZero();
  }

  @Test
  void anAnswerThatEndsInASpanNeedsNoLastProbe() {
    double small = 100 / 1000.0 + 201 / 100.0;
    double prefill = (100 + 200) / 500.0;

    assertThat(latency(Mode.SEQUENTIAL, outline(200, 10)))
        .isCloseTo(small + prefill + 10 / 10.0 + 8 / 1000.0, EXACT);
    assertThat(latency(Mode.PIPELINED, outline(200, 10)))
        .isCloseTo(small + 7 / 500.0 + 10 / 10.0, EXACT);
  }

  @Test
  void pipelinedHidesEverythingButTheLastFewTokens() {
    // 200 = 1 + 6 · 32 + 7 tokens of the small model: the large one has yet to prefill the last 7
    double small = 100 / 1000.0 + 201 / 100.0;
    double span = 7 / 500.0 + 20 / 10.0 + 1 / 1000.0;
    double rest = 80 / 100.0;

    AnswerCost cost = cost(Mode.PIPELINED, pair(SMALL, LARGE), outline(200, 20, 80));

    assertThat(cost.latency()).isCloseTo(small + span + rest, EXACT);
    assertThat(cost.large().discarded()).isEqualTo(1);
  }

  @Test
  void theTokenInFlightWhenASpanClosesMayHaveToBeAwaited() {
    Outline outline = outline(200, 20, 80);
    SplitSettings awaiting = HANDS_BACK_AT_ONCE.withAwaitsTokenInFlight(true);

    AnswerCost cost = cost(Mode.PIPELINED, pair(SMALL, LARGE), outline, awaiting);

    assertThat(cost.seconds(LatencyPart.DISCARDED)).isCloseTo(1 / 10.0 - 1 / 1000.0, EXACT);
    assertThat(cost.latency() - latency(Mode.PIPELINED, outline))
        .isCloseTo(1 / 10.0 - 1 / 1000.0, EXACT);
  }

  @Test
  void theLargeModelIsNeverMoreThanAChunkAheadOfTheSmallOne() {
    // Reading takes longer than writing: 8 tokens are read in 4 s and written in 0.8 s.
    PairProfile profile = pair(ModelProfile.local("slow", LinearTime.ofRates(2, 100)), LARGE);

    AnswerCost cost = cost(Mode.PIPELINED, profile, outline(200, 20, 80));

    assertThat(cost.large().discarded()).isLessThanOrEqualTo(8);
    assertThat(cost.seconds(LatencyPart.PROBE) + cost.seconds(LatencyPart.LARGE_DECODE))
        .isGreaterThan(20 / 2.0);
  }

  @Test
  void pipelinedIsTheIdealWhenPrefillTakesNoTime() {
    PairProfile profile = pair(LinearTime.ofRates(1e15, 100), LinearTime.ofRates(1e15, 10));
    Outline outline = outline(200, 20, 80, 7, 0, 3, 50);

    assertThat(cost(Mode.PIPELINED, profile, outline).latency())
        .isCloseTo(331 / 100.0 + 3 / 100.0 - 1 / 100.0 + 30 / 10.0, within(0.1))
        .isCloseTo(FullOverlap.seconds(profile, outline), within(0.1));
  }

  @Test
  void aLargeModelThatCannotPrefillAsFastAsTheSmallOneWritesHoldsEverythingUp() {
    PairProfile profile =
        pair(SMALL, ModelProfile.local("slow to prefill", LinearTime.ofRates(50, 10)));

    AnswerCost cost = cost(Mode.PIPELINED, profile, outline(200, 20, 80));

    double prefill = (100 + 200) / 50.0;
    assertThat(cost.latency())
        .isCloseTo(prefill + 20 / 10.0 + 1 / 1000.0 + 80 / 100.0, within(0.02));
  }

  @Test
  void eachCallOfAModelBehindANetworkIsARoundTrip() {
    PairProfile far = pair(SMALL, LARGE.withRoundTripSeconds(0.3));
    Outline outline = outline(200, 20, 80);

    double delay =
        cost(Mode.SEQUENTIAL, far, outline).latency() - latency(Mode.SEQUENTIAL, outline);

    assertThat(delay).isCloseTo(3 * 0.3, EXACT);
  }

  @Test
  void aStreamedSpanPaysTheNetworkOnce() {
    PairProfile far = pair(SMALL, LARGE.withRoundTripSeconds(0.3));
    Outline outline = outline(200, 20, 80);

    AnswerCost cost = cost(Mode.PIPELINED, far, outline);

    assertThat(cost.latency() - latency(Mode.PIPELINED, outline)).isCloseTo(0.3, EXACT);
    // While the last token and the order to stop travel, three more are begun.
    assertThat(cost.large().discarded()).isEqualTo(4);
  }

  @Test
  void takingOverCostsTheSameInBothModes() {
    PairProfile slow = pair(SMALL.withHandOffSeconds(0.2), LARGE.withHandOffSeconds(0.5));
    Outline outline = outline(200, 20, 80, 10, 40);

    for (Mode mode : List.of(Mode.SEQUENTIAL, Mode.PIPELINED)) {
      AnswerCost cost = cost(mode, slow, outline);
      assertThat(cost.seconds(LatencyPart.HAND_OFF)).isCloseTo(2 * 0.5 + 2 * 0.2, EXACT);
    }
  }

  @Test
  void continuationsCostTheirTokensForEveryPrefix() {
    SplitSettings published =
        SplitSettings.DEFAULT.withChunk(64).withProbe(new SpanProbe.Continuations(8));
    Outline outline = outline(200, 20, 80);

    AnswerCost cost = cost(Mode.SEQUENTIAL, pair(SMALL, LARGE), outline, published);

    assertThat(cost.seconds(LatencyPart.PROBE)).isCloseTo(64 / 1000.0 + 21 * 8 / 100.0, EXACT);
    assertThat(cost.seconds(LatencyPart.DISCARDED)).isCloseTo(44 / 10.0, EXACT);
  }

  @Test
  void speculationReachesThePublishedFactor() {
    // arXiv 2211.17192, theorem 3.8: (1 - α^(γ+1)) / ((1 - α)(γc + 1)), c = small over large step
    Speculation speculation = new Speculation(0.8, 4);
    PairProfile profile = pair(LinearTime.ofRates(1e12, 100), LinearTime.ofRates(1e12, 10));
    Simulation simulation =
        new Simulation(
            profile,
            List.of(outline(400_000)),
            SplitSettings.DEFAULT.withSpeculation(speculation),
            7);

    double speedup =
        simulation.run(List.of(Mode.SPECULATIVE)).results().getFirst().speedupOverLarge();

    double expected = (1 - Math.pow(0.8, 5)) / ((1 - 0.8) * (4 * 0.1 + 1));
    assertThat(speedup).isCloseTo(expected, within(0.01 * expected));
  }
}
