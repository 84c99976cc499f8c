package dev.splitreason.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.simulator.clock.EventQueue;
import dev.splitreason.simulator.profile.LinearTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerPoolTest {

  private final EventQueue clock = new EventQueue();
  private final List<ServerPool.Place> admitted = new ArrayList<>();

  private ServerPool pool(int copies, int places, long tokens) {
    List<BatchServer> servers =
        Stream.generate(
                () ->
                    new BatchServer(
                        clock, new Device(clock), LinearTime.ofRates(100, 10), 512, 1000))
            .limit(copies)
            .toList();
    return new ServerPool(servers, places, tokens);
  }

  @Test
  void answersSpreadOverTheCopies() {
    ServerPool pool = pool(2, 2, 1000);
    pool.enter(1, admitted::add);
    pool.enter(1, admitted::add);

    assertThat(admitted.get(0).sequence().server())
        .isNotSameAs(admitted.get(1).sequence().server());
  }

  @Test
  void whoFindsNoPlaceWaitsForOne() {
    ServerPool pool = pool(1, 1, 1000);
    pool.enter(1, admitted::add);
    pool.enter(1, admitted::add);
    assertThat(admitted).hasSize(1);

    admitted.getFirst().leave();

    assertThat(admitted).hasSize(2);
  }

  @Test
  void memoryIsALimitOfItsOwn() {
    ServerPool pool = pool(1, 10, 100);
    pool.enter(60, admitted::add);
    pool.enter(60, admitted::add);
    assertThat(admitted).hasSize(1);

    admitted.getFirst().leave();

    assertThat(admitted).hasSize(2);
  }

  @Test
  void nobodyOvertakes() {
    ServerPool pool = pool(1, 10, 100);
    pool.enter(60, admitted::add);
    pool.enter(60, admitted::add);
    pool.enter(1, admitted::add);

    assertThat(admitted).hasSize(1);
  }
}
