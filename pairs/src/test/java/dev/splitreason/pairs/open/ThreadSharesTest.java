package dev.splitreason.pairs.open;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThreadSharesTest {

  @Property
  void sideBySideNoCoreIsSharedAndNoneIsIdle(@ForAll @IntRange(min = 2, max = 512) int cores) {
    ThreadShares shares = ThreadShares.sideBySide(cores);

    assertThat(shares.small() + shares.large()).isEqualTo(cores);
    assertThat(shares.small()).isPositive();
    assertThat(shares.large()).isGreaterThanOrEqualTo(shares.small());
  }

  @Test
  void onOneCoreEachHasAThread() {
    assertThat(ThreadShares.sideBySide(1)).isEqualTo(new ThreadShares(1, 1));
  }

  @Test
  void inTurnEachHasAllCores() {
    assertThat(ThreadShares.inTurn(6)).isEqualTo(new ThreadShares(6, 6));
  }
}
