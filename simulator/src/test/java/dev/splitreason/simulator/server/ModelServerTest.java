package dev.splitreason.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.profile.LinearTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A step takes 10 s, each further sequence in it 1 s, a prefilled token 2 s. */
class ModelServerTest {

  private static final LinearTime TIME = new LinearTime(10, 1, 0, 2, 0, 0);

  private final EventQueue clock = new EventQueue();
  private final Device device = new Device(clock);
  private final BatchServer server = server(device);
  private final List<String> happened = new ArrayList<>();

  private BatchServer server(Device device) {
    return new BatchServer(clock, device, TIME, 8, 1000);
  }

  private Consumer<RequestCost> note(String what) {
    return work -> happened.add(what + " at " + clock.now());
  }

  @Test
  void aSequenceDecodesTokenAfterToken() {
    ServedSequence sequence = server.open();
    sequence.decode(5, note("done"));

    clock.run();

    assertThat(happened).containsExactly("done at 50.0");
    assertThat(sequence.length()).isEqualTo(5);
  }

  @Test
  void sequencesThatDecodeTogetherShareAPass() {
    server.open().decode(2, note("short"));
    server.open().decode(4, note("long"));

    clock.run();

    // two passes of 11 s together, then two of 10 s alone
    assertThat(happened).containsExactly("short at 22.0", "long at 42.0");
  }

  @Test
  void aNewcomerWaitsForThePassInFlightAndJoinsTheNext() {
    server.open().decode(4, note("first"));
    clock.at(15, () -> server.open().decode(1, note("second")));

    clock.run();

    assertThat(happened).containsExactly("second at 31.0", "first at 41.0");
  }

  @Test
  void theFirstTokenRidesOnThePrefillOfWhatIsMissing() {
    server.open().prefillAndDecode(3, note("done"));

    clock.run();

    assertThat(happened).containsExactly("done at 16.0");
  }

  @Test
  void aLongPrefillIsCutIntoPassesOfTheBudget() {
    ServedSequence sequence = server.open();
    sequence.prefill(20, note("prefilled"));
    clock.at(1, () -> server.open().decode(1, note("decoded")));

    clock.run();

    // 8 tokens; then 8 beside a decode step; then 4
    assertThat(happened).containsExactly("decoded at 42.0", "prefilled at 50.0");
    assertThat(sequence.length()).isEqualTo(20);
  }

  @Test
  void whatIsWaitedForGoesBeforeTheBackground() {
    server.open().prefillInBackground(8, note("background"));
    server.open().prefill(8, note("waited for"));

    clock.run();

    assertThat(happened).containsExactly("waited for at 16.0", "background at 32.0");
  }

  @Test
  void aRequestThatIsWaitedForHurriesTheOnesBeforeItInItsSequence() {
    server.open().prefill(8, note("first"));
    server.open().prefillInBackground(8, note("other background"));
    ServedSequence sequence = server.open();
    sequence.prefillInBackground(8, note("background"));
    sequence.decode(1, note("decoded"));
    server.open().prefillInBackground(8, note("last"));

    clock.run();

    assertThat(happened)
        .containsExactly(
            "first at 16.0",
            "background at 32.0",
            "other background at 58.0",
            "decoded at 58.0",
            "last at 74.0");
  }

  @Test
  void workAddsUpToTheBusyTime() {
    List<RequestCost> works = new ArrayList<>();
    server.open().prefillAndDecode(5, works::add);
    server.open().decode(3, works::add);
    clock.at(7, () -> server.open().prefill(11, works::add));

    clock.run();

    double booked =
        works.stream().mapToDouble(work -> work.decodeSeconds() + work.prefillSeconds()).sum();
    assertThat(works).hasSize(3);
    assertThat(booked).isCloseTo(server.busySeconds(), within(1e-9));
  }

  @Test
  void theLastStepIsTimedWithoutWhatWasPrefilledInIt() {
    List<RequestCost> works = new ArrayList<>();
    server.open().prefillAndDecode(5, works::add);

    clock.run();

    assertThat(works).containsExactly(new RequestCost(10, 10, 10));
  }

  @Test
  void serversOnOneDeviceTakeTurns() {
    BatchServer other = server(device);
    server.open().decode(2, note("one"));
    other.open().decode(2, note("other"));

    clock.run();

    assertThat(happened).containsExactly("one at 30.0", "other at 40.0");
  }

  @Test
  void whatIsAbandonedEndsWithThePassInFlight() {
    ServedSequence sequence = server.open();
    sequence.prefillInBackground(100, note("prefilled"));
    clock.at(20, sequence::abandon);

    clock.run();

    assertThat(server.busySeconds()).isEqualTo(32);
    assertThat(sequence.length()).isEqualTo(16);
  }

  @Test
  void whatIsAbandonedBeforeItsPassNeverRuns() {
    server.open().prefill(8, note("other"));
    ServedSequence sequence = server.open();
    sequence.prefillInBackground(8, note("never"));
    clock.at(1, sequence::abandon);

    clock.run();

    assertThat(happened).containsExactly("other at 16.0");
    assertThat(server.busySeconds()).isEqualTo(16);
  }
}
