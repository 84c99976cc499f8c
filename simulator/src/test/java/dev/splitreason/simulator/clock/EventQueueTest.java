package dev.splitreason.simulator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue clock = new EventQueue();
  private final List<String> happened = new ArrayList<>();

  @Test
  void actionsHappenInTheOrderOfTheirTimes() {
    clock.at(2, () -> happened.add("later"));
    clock.at(1, () -> happened.add("sooner"));

    clock.run();

    assertThat(happened).containsExactly("sooner", "later");
  }

  @Test
  void actionsAtTheSameTimeHappenAsPlanned() {
    for (String name : List.of("a", "b", "c", "d")) {
      clock.at(1, () -> happened.add(name));
    }

    clock.run();

    assertThat(happened).containsExactly("a", "b", "c", "d");
  }

  @Test
  void timeStandsWhereTheActionIs() {
    clock.at(1.5, () -> clock.after(2, () -> happened.add("at " + clock.now())));

    clock.run();

    assertThat(happened).containsExactly("at 3.5");
  }

  @Test
  void noDelayMeansAtOnce() {
    clock.after(0, () -> happened.add("now"));

    assertThat(happened).containsExactly("now");
  }

  @Test
  void whatIsCalledOffDoesNotHappen() {
    EventQueue.Event event = clock.at(1, () -> happened.add("never"));
    event.cancel();

    clock.run();

    assertThat(happened).isEmpty();
    assertThat(clock.now()).isZero();
  }

  @Test
  void thePastCannotBePlanned() {
    clock.at(1, () -> {});
    clock.run();

    assertThatThrownBy(() -> clock.at(0.5, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is 1.0 s, too late for 0.5 s");
    assertThatThrownBy(() -> clock.at(Double.NaN, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
