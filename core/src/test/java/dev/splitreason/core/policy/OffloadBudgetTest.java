package dev.splitreason.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OffloadBudgetTest {

  private static final double ROUNDING = 1e-8;

  @Property
  void whatItAllowsKeepsTheCapAndOneMoreWouldNot(
      @ForAll @DoubleRange(max = 0.99) double cap,
      @ForAll @IntRange(max = 100_000) int small,
      @ForAll @IntRange(max = 100_000) int large) {
    int allowed = new OffloadBudget(cap).largeTokens(small, large);

    assertThat(allowed).isNotNegative();
    if (allowed > 0) {
      assertThat(share(small, large + allowed)).isLessThanOrEqualTo(cap + ROUNDING);
    }
    assertThat(share(small, large + allowed + 1)).isGreaterThan(cap - ROUNDING);
  }

  @Property
  void afterTheWaitOneTokenIsAllowedAndNotBefore(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double cap,
      @ForAll @IntRange(max = 100_000) int small,
      @ForAll @IntRange(max = 1000) int large) {
    OffloadBudget budget = new OffloadBudget(cap);
    int wait = budget.smallTokensUntilOne(small, large);

    assertThat(budget.largeTokens(small + wait, large)).isPositive();
    if (wait > 0) {
      assertThat(budget.largeTokens(small + wait - 1, large)).isZero();
    }
  }

  @Test
  void aTenthOfThirtyIsThree() {
    assertThat(new OffloadBudget(0.1).largeTokens(27, 0)).isEqualTo(3);
  }

  @Test
  void aCapOfZeroAllowsNothingEver() {
    OffloadBudget budget = new OffloadBudget(0);

    assertThat(budget.largeTokens(1_000_000, 0)).isZero();
    assertThat(budget.smallTokensUntilOne(1_000_000, 0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aCapOfOneAllowsEverything() {
    OffloadBudget budget = new OffloadBudget(1);

    assertThat(budget.largeTokens(0, 1_000_000)).isEqualTo(Integer.MAX_VALUE);
    assertThat(budget.smallTokensUntilOne(0, 1_000_000)).isZero();
  }

  private static double share(int small, int large) {
    return (double) large / (small + large);
  }
}
