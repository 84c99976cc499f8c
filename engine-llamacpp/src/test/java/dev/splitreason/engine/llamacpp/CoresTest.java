package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.engine.llamacpp.Cores.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoresTest {

  private static final boolean AWAITED = true;
  private static final boolean AHEAD = false;

  private final Cores cores = new Cores(4);
  private final Claim one = cores.claim(0);
  private final Claim other = cores.claim(0);

  /** A batch that is worth so many threads. */
  private static Cores.Wish upTo(int threads) {
    return wish(1, threads);
  }

  private static Cores.Wish wish(int least, int threads) {
    return new Cores.Wish() {
      @Override
      public int least() {
        return least;
      }

      @Override
      public int worth(int most) {
        return Math.min(threads, most);
      }

      @Override
      public int take(int most, boolean contended) {
        return Math.min(threads, most);
      }
    };
  }

  private static CompletableFuture<Integer> waiting(Claim claim, boolean awaited, int threads) {
    CompletableFuture<Integer> lent = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> lent.complete(claim.acquire(awaited, upTo(threads))));
    while (thread.getState() != Thread.State.WAITING && !lent.isDone()) {
      Thread.onSpinWait();
    }
    return lent;
  }

  @Test
  void whoeverComputesAloneMayHaveAllCores() {
    assertThat(one.acquire(AWAITED, upTo(9))).isEqualTo(4);
    one.release();

    assertThat(one.acquire(AHEAD, upTo(9))).isEqualTo(4);
  }

  @Test
  void twoThatAreAwaitedHaveHalfEach() {
    CompletableFuture<Integer> second;
    one.acquire(AWAITED, upTo(4));
    second = waiting(other, AWAITED, 4);
    one.release();
    int first = one.acquire(AWAITED, upTo(4));

    assertThat(first).isEqualTo(2);
    assertThat(second.join()).isEqualTo(2);
  }

  @Test
  void whoeverReadsAheadGetsWhatTheAwaitedOneLeaves() {
    one.acquire(AWAITED, upTo(1));

    assertThat(other.acquire(AHEAD, upTo(4))).isEqualTo(3);
  }

  @Test
  void nothingIsTakenFromTheAwaitedOneBetweenItsBatches() {
    one.acquire(AWAITED, upTo(3));
    one.release();

    assertThat(other.acquire(AHEAD, upTo(4))).isOne();
  }

  @Test
  void whoeverReadsAheadWaitsWhereTheAwaitedOneCanUseAll() {
    one.acquire(AWAITED, upTo(4));
    CompletableFuture<Integer> ahead = waiting(other, AHEAD, 4);
    one.release();
    one.acquire(AWAITED, upTo(4));
    one.release();
    assertThat(ahead).isNotDone();

    one.rest();

    assertThat(ahead.join()).isEqualTo(4);
  }

  @Test
  void whoeverIsNoLongerAwaitedLetsThoseGoFirstThatWaited() {
    Cores single = new Cores(1);
    Claim first = single.claim(0);
    Claim second = single.claim(0);
    first.acquire(AWAITED, upTo(1));
    CompletableFuture<Integer> ahead = waiting(second, AHEAD, 1);
    first.release();
    CompletableFuture<Integer> then = waiting(first, AHEAD, 1);

    assertThat(ahead.orTimeout(1, TimeUnit.MINUTES).join()).isOne();
    assertThat(then).isNotDone();
    second.release();
    assertThat(then.join()).isOne();
  }

  @Test
  void anAwaitedOneTakesWhatIsFreeAtOnce() {
    one.acquire(AHEAD, upTo(3));

    assertThat(other.acquire(AWAITED, upTo(4))).isOne();
  }

  @Test
  void aBatchWaitsForTheThreadsThatItNeeds() {
    one.acquire(AHEAD, upTo(3));
    CompletableFuture<Integer> needs =
        CompletableFuture.supplyAsync(() -> other.acquire(AWAITED, wish(2, 2)));
    one.release();

    assertThat(needs.join()).isEqualTo(2);
  }

  @Test
  void onOneCoreEqualsTakeTurns() {
    Cores single = new Cores(1);
    Claim first = single.claim(0);
    Claim second = single.claim(0);
    first.acquire(AWAITED, upTo(1));
    CompletableFuture<Integer> turn = waiting(second, AWAITED, 1);
    first.release();
    CompletableFuture<Integer> again = waiting(first, AWAITED, 1);

    assertThat(turn.join()).isOne();
    assertThat(again).isNotDone();
    second.release();
    assertThat(again.join()).isOne();
  }

  @Test
  void noMoreAreLentThanAModelAllows() {
    Claim modest = cores.claim(2);
    assertThat(modest.acquire(AWAITED, upTo(4))).isEqualTo(2);
    modest.release();
    one.acquire(AWAITED, upTo(1));

    assertThat(modest.acquire(AWAITED, upTo(4))).isOne();
  }

  @Property(tries = 20)
  void neverAreMoreLentThanThereAreAndAllGetSome(
      @ForAll @IntRange(min = 1, max = 5) int count,
      @ForAll @IntRange(min = 1, max = 4) int models,
      @ForAll long seed)
      throws InterruptedException {
    Cores some = new Cores(count);
    AtomicInteger inUse = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      SplittableRandom random = new SplittableRandom(seed + model);
      Claim claim = some.claim(0);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    for (int batch = 0; batch < 50; batch++) {
                      boolean awaited = random.nextBoolean();
                      int least = random.nextInt(4) == 0 ? Math.max(1, count / 2) : 1;
                      int lent = claim.acquire(awaited, wish(least, least + random.nextInt(count)));
                      most.accumulateAndGet(inUse.addAndGet(lent), Math::max);
                      Thread.yield();
                      inUse.addAndGet(-lent);
                      claim.release();
                      if (random.nextInt(4) == 0) {
                        claim.rest();
                      }
                    }
                    claim.close();
                  }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
    }

    assertThat(most).hasValueBetween(1, count);
  }
}
