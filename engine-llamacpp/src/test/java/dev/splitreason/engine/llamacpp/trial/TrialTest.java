package dev.splitreason.engine.llamacpp.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTest {

  /** Does what it is told, then lives for ever. */
  static final class Obedient {
    private Obedient() {}

    public static void main(String[] args) throws InterruptedException {
      if (args[0].equals("NOISE")) {
        TrialReport.READY.send("");
        System.out.println("x".repeat(10 << 20));
        Runtime.getRuntime().halt(134);
      }
      for (String report : args) {
        TrialReport.valueOf(report).send("because");
      }
      if (args.length > 1) {
        Runtime.getRuntime().halt(0);
      }
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void whatSurvivesIsSaidSo() throws InterruptedException {
    assertThat(trial("READY", "SURVIVED").run()).isEqualTo(new TrialVerdict.Survived());
  }

  @Test
  void whatHangsIsEnded() throws InterruptedException {
    assertThat(trial("READY").run())
        .isEqualTo(new TrialVerdict.Unfinished("not done after 5 s"))
        .matches(verdict -> !verdict.lasting());
  }

  @Test
  void whatPrintsWithoutEndIsNotListenedTo() throws InterruptedException {
    assertThat(trial("NOISE").run())
        .isEqualTo(new TrialVerdict.Ended("the process ended with status 134"));
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> trial("READY").run()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theReasonOfAnAbortIsTold() {
    assertThat(Trial.verdict("READY \nABORTED a.cpp:7: x\n", 134))
        .isEqualTo(new TrialVerdict.Ended("a.cpp:7: x"));
  }

  @Test
  void aRefusalIsPassedOn() {
    assertThat(Trial.verdict("READY \nREFUSED no such tensor\n", 0))
        .isEqualTo(new TrialVerdict.Refused("no such tensor"));
  }

  @Test
  void whatNeverBecameReadyWasNoTrial() {
    assertThat(Trial.verdict("Error: Could not find or load main class\n", 1))
        .isInstanceOf(TrialVerdict.NotTried.class);
  }

  @Test
  void beingKilledIsNoFaultOfTheFile() {
    assertThat(Trial.verdict("READY \n", 137)).isInstanceOf(TrialVerdict.Unfinished.class);
  }

  private static Trial trial(String... reports) {
    return new Trial(Obedient.class, List.of(reports), Map.of(), Duration.ofSeconds(5));
  }
}
