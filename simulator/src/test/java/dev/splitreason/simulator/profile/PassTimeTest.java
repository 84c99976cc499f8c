package dev.splitreason.simulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PassTimeTest {

  private static final Offset<Double> EXACT = within(1e-12);

  private static final Grid STEPS =
      new Grid(List.of(1, 4), List.of(100, 300), List.of(List.of(0.1, 0.4), List.of(0.3, 0.6)));
  private static final Grid PREFILLS =
      new Grid(List.of(1, 11), List.of(0), List.of(List.of(0.1, 0.2)));
  private static final MeasuredTime MEASURED = new MeasuredTime(STEPS, PREFILLS);

  @Test
  void linearTimesAddUp() {
    LinearTime time = new LinearTime(1, 0.5, 0.01, 0.1, 0.001, 0);

    assertThat(time.seconds(Pass.decode(1, 0))).isCloseTo(1, EXACT);
    assertThat(time.seconds(Pass.decode(3, 200))).isCloseTo(1 + 2 * 0.5 + 2, EXACT);
    assertThat(time.seconds(Pass.prefill(10, 20))).isCloseTo(1 + 0.001 * 255, EXACT);
  }

  @Test
  void noPassIsShorterThanTheFloor() {
    LinearTime time = LinearTime.ofRates(1000, 10).withPassFloorSeconds(0.1);

    assertThat(time.seconds(Pass.prefill(8, 0))).isEqualTo(0.1);
    assertThat(time.seconds(Pass.prefill(200, 0))).isCloseTo(0.2, EXACT);
    assertThat(time.seconds(Pass.decode(0, 0))).isZero();
  }

  @Test
  void aSmallPassIsBoundByMemory() {
    // 1 GB of weights and 100 tokens of 1 kB at 1 TB/s
    RooflineTime time = new RooflineTime(1e9, 1, 1000, 0, 1e12, 1e15, 0.002);

    assertThat(time.seconds(Pass.decode(1, 99))).isCloseTo(0.002 + (1e9 + 1e5) / 1e12, EXACT);
  }

  @Test
  void aLargePassIsBoundByArithmetic() {
    // 2 FLOP a weight and token, 100 FLOP a pair, at 1 TFLOP/s
    RooflineTime time = new RooflineTime(1e9, 1, 1000, 100, 1e12, 1e12, 0);

    assertThat(time.seconds(Pass.prefill(1000, 0)))
        .isCloseTo((2e12 + 100 * 500_500.0) / 1e12, EXACT);
  }

  @Test
  void aBatchReadsTheWeightsOnce() {
    RooflineTime time = new RooflineTime(1e9, 2, 0, 0, 1e12, 1e15, 0);

    assertThat(time.seconds(Pass.decode(64, 64 * 1000)))
        .isEqualTo(time.seconds(Pass.decode(1, 1000)));
  }

  @Test
  void measurementsAreInterpolatedInBothDirections() {
    assertThat(MEASURED.seconds(Pass.decode(1, 100))).isCloseTo(0.1, EXACT);
    assertThat(MEASURED.seconds(Pass.decode(1, 200))).isCloseTo(0.2, EXACT);
    assertThat(MEASURED.seconds(Pass.decode(2, 2 * 200))).isCloseTo(0.3, EXACT);
    assertThat(MEASURED.seconds(Pass.prefill(6, 50))).isCloseTo(0.15, EXACT);
  }

  @Test
  void beyondTheLastMeasurementItsSlopeGoesOn() {
    assertThat(MEASURED.seconds(Pass.decode(1, 500))).isCloseTo(0.5, EXACT);
    assertThat(MEASURED.seconds(Pass.decode(7, 7 * 100))).isCloseTo(0.7, EXACT);
    assertThat(MEASURED.seconds(Pass.prefill(31, 0))).isCloseTo(0.4, EXACT);
  }

  @Test
  void beforeTheFirstMeasurementItHolds() {
    assertThat(MEASURED.seconds(Pass.decode(1, 0))).isCloseTo(0.1, EXACT);
  }

  @Test
  void aMeasuredPassThatDoesBothReadsTheWeightsOnce() {
    Pass both = new Pass(1, 100, 11, 0, Pass.pairs(11, 0));

    assertThat(MEASURED.seconds(both)).isCloseTo(0.1 + 0.2 - 0.1, EXACT);
  }

  @Test
  void noiseDoesNotMakeLongContextsFree() {
    Grid noisy = new Grid(List.of(1), List.of(100, 200), List.of(List.of(0.3), List.of(0.2)));

    assertThat(noisy.at(1, 10_000)).isCloseTo(0.2, EXACT);
  }

  @Test
  void aGridMustBeComplete() {
    assertThatThrownBy(() -> new Grid(List.of(1, 2), List.of(0), List.of(List.of(0.1))))
        .hasMessage("a row of seconds must have 2 values, not 1");
    assertThatThrownBy(() -> new Grid(List.of(1), List.of(0, 5), List.of(List.of(0.1))))
        .hasMessage("seconds must have a row for each of the 2 contexts, not 1");
    assertThatThrownBy(() -> new Grid(List.of(2, 1), List.of(0), List.of(List.of(0.1, 0.2))))
        .hasMessage("columns must ascend from 0 or more, not [2, 1]");
    assertThatThrownBy(() -> new Grid(List.of(1), List.of(0), List.of(List.of(-1.0))))
        .hasMessage("seconds must be above 0, not -1.0");
  }

  @Property
  void aPassThatDoesMoreTakesNoLess(
      @ForAll("times") PassTime time,
      @ForAll @IntRange(min = 0, max = 64) int sequences,
      @ForAll @IntRange(max = 10_000) int context,
      @ForAll @IntRange(max = 600) int prefilled) {
    Pass pass = pass(sequences, context, prefilled);

    assertThat(time.seconds(pass(sequences + 1, context, prefilled)))
        .isGreaterThanOrEqualTo(time.seconds(pass) - 1e-12);
    assertThat(time.seconds(pass(sequences, context + 100, prefilled)))
        .isGreaterThanOrEqualTo(time.seconds(pass) - 1e-12);
    assertThat(time.seconds(pass(sequences, context, prefilled + 1)))
        .isGreaterThanOrEqualTo(time.seconds(pass) - 1e-12);
    assertThat(time.seconds(pass.decodingOnly())).isLessThanOrEqualTo(time.seconds(pass) + 1e-12);
  }

  private static Pass pass(int sequences, int context, int prefilled) {
    return new Pass(
        sequences,
        (double) sequences * context,
        prefilled,
        prefilled == 0 ? 0 : context,
        Pass.pairs(prefilled, context));
  }

  @Provide
  Arbitrary<PassTime> times() {
    Arbitrary<Double> rates = Arbitraries.doubles().between(1, 1000);
    return Arbitraries.oneOf(
        Combinators.combine(rates, rates)
            .as((prefill, decode) -> LinearTime.ofRates(prefill, decode)),
        Combinators.combine(rates, rates)
            .as(
                (memory, flop) ->
                    new RooflineTime(1e9, 2, 1e5, 1e6, memory * 1e9, flop * 1e9, 0.001)),
        Arbitraries.just(MEASURED));
  }
}
