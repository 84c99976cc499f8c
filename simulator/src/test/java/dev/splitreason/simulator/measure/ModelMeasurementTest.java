package dev.splitreason.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.simulator.profile.Grid;
import dev.splitreason.simulator.profile.MeasuredTime;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.Pass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMeasurementTest {

  private static final MeasurementPlan PLAN =
      new MeasurementPlan(List.of(100, 300), List.of(1, 2, 4), List.of(1, 10, 40), 5, 8, 3);

  private final List<String> told = new ArrayList<>();

  private ModelProfile measure(LawfulModel model) throws InterruptedException {
    return new ModelMeasurement(model, PLAN, model, told::add).measure();
  }

  @Test
  void theLawOfAModelIsFound() throws InterruptedException {
    MeasuredTime time = (MeasuredTime) measure(new LawfulModel(1000, 8, false)).time();

    assertThat(time.decode().columns()).containsExactly(1, 2, 4);
    assertThat(time.decode().contexts()).containsExactly(100, 300);
    assertThat(time.seconds(Pass.decode(1, 100))).isCloseTo(0.011, within(1e-9));
    assertThat(time.seconds(Pass.decode(3, 3 * 300))).isCloseTo(0.017, within(1e-9));
    assertThat(time.seconds(Pass.prefill(10, 100))).isCloseTo(0.015, within(1e-9));
    assertThat(time.seconds(Pass.prefill(25, 300))).isCloseTo(0.030, within(1e-9));
  }

  @Test
  void aProbeIsWhatScoringAddsToAPrefill() throws InterruptedException {
    assertThat(measure(new LawfulModel(1000, 8, false)).probeSeconds())
        .isCloseTo(0.003, within(1e-9));
  }

  @Test
  void itIsToldWhatWasMeasured() throws InterruptedException {
    measure(new LawfulModel(1000, 8, false));

    assertThat(told)
        .contains(
            "prefill of 10 tokens after 100 tokens: 15.000 ms",
            "probe of 8 tokens after 100 tokens: 16.000 ms",
            "decode step of 4 sequences after 300 tokens: 19.000 ms")
        .hasSize(2 * 3 + 1 + 2 * 3);
  }

  @Test
  void everySessionIsClosed() throws InterruptedException {
    LawfulModel model = new LawfulModel(1000, 8, false);

    measure(model);

    assertThat(model.openSessions()).isZero();
  }

  @Test
  void aShortContextIsMeasuredAsFarAsItGoes() throws InterruptedException {
    MeasuredTime time = (MeasuredTime) measure(new LawfulModel(120, 8, false)).time();

    assertThat(time.decode().contexts()).containsExactly(100);
    assertThat(time.prefill().columns()).containsExactly(1, 10);
  }

  @Test
  void aModelWithoutRoomForABatchIsMeasuredWithSmallerOnes() throws InterruptedException {
    MeasuredTime time = (MeasuredTime) measure(new LawfulModel(1000, 3, false)).time();

    assertThat(time.decode().columns()).containsExactly(1, 2);
  }

  @Test
  void aServerThatPutsShortTextsOffIsTimedWhenItReadsThem() throws InterruptedException {
    MeasuredTime time = (MeasuredTime) measure(new LawfulModel(1000, 8, false).puttingOff()).time();

    assertThat(time.seconds(Pass.prefill(1, 100))).isCloseTo(0.007, within(1e-9));
    assertThat(time.seconds(Pass.prefill(10, 100))).isCloseTo(0.016, within(1e-9));
  }

  @Test
  void whatFailsIsLeftOutAndTheRestIsKept() throws InterruptedException {
    LawfulModel model = new LawfulModel(1000, 8, false).failingWith(40);

    MeasuredTime time = (MeasuredTime) measure(model).time();

    assertThat(time.prefill().columns()).containsExactly(1, 10);
    assertThat(time.prefill().contexts()).containsExactly(100, 300);
    assertThat(time.decode().columns()).containsExactly(1, 2, 4);
    assertThat(told).contains("prefill of 40 tokens after 300 tokens: failed, too much");
    assertThat(model.openSessions()).isZero();
  }

  @Test
  void aVocabularyThatIsNotListedIsAskedForWords() throws InterruptedException {
    MeasuredTime time = (MeasuredTime) measure(new LawfulModel(1000, 8, false).unlisted()).time();

    assertThat(time.seconds(Pass.decode(1, 100))).isCloseTo(0.011, within(1e-9));
  }

  @Test
  void gapsTakeTheFewestMeasurementsWithThem() {
    var grid = new MeasuredGrid(List.of(1, 2, 4), List.of(10, 20, 30));
    for (int context : List.of(10, 30)) {
      for (int column : List.of(1, 2, 4)) {
        grid.put(column, context, column * context);
      }
    }
    grid.put(1, 20, 20);

    assertThat(grid.whole())
        .isEqualTo(
            new Grid(
                List.of(1, 2, 4),
                List.of(10, 30),
                List.of(List.of(10.0, 20.0, 40.0), List.of(30.0, 60.0, 120.0))));
    assertThat(new MeasuredGrid(List.of(1), List.of(10)).whole()).isNull();
  }

  @Test
  void aContextTooShortForAnythingIsRefused() {
    LawfulModel model = new LawfulModel(50, 8, false);

    assertThatThrownBy(() -> measure(model))
        .hasMessage("contexts to measure must be 1 or more, and at least one, not []");
  }

  @Test
  void aModelThatEndsEveryTextCannotBeTimed() {
    LawfulModel model = new LawfulModel(1000, 8, true);

    assertThatThrownBy(() -> measure(model))
        .isInstanceOf(ModelException.class)
        .hasMessage("lawful wrote only 1 tokens, too few to time its decoding");
    assertThat(model.openSessions()).isZero();
  }

  @Test
  void aPlanIsSortedAndChecked() {
    assertThat(new MeasurementPlan(List.of(9, 3, 9), List.of(1), List.of(1), 2, 1, 1).contexts())
        .containsExactly(3, 9);
    assertThatThrownBy(() -> new MeasurementPlan(List.of(1), List.of(0), List.of(1), 2, 1, 1))
        .hasMessage("batches to measure must be 1 or more, and at least one, not [0]");
    assertThatThrownBy(() -> new MeasurementPlan(List.of(1), List.of(1), List.of(1), 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
