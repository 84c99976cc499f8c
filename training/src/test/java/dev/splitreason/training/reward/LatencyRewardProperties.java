package dev.splitreason.training.reward;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.training.reward.LatencyReward.TimeBudget;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LatencyRewardProperties {

  @Property(tries = 200)
  void withoutOffloadingNothingIsSpent(@ForAll @IntRange(min = 1, max = 300) int tokens) {
    assertThat(spent(TimeBudgets.of(0.05, 4), Completions.withSpans(tokens)))
        .isCloseTo(0, within(1e-9));
  }

  @Property(tries = 200)
  void anAnswerJustOnTargetSpendsAllOfIt(
      @ForAll @IntRange(min = 1, max = 6) int spans,
      @ForAll @IntRange(min = 1, max = 8) int length,
      @ForAll @IntRange(min = 20, max = 40) int between) {
    int[] lengths = new int[spans];
    Arrays.fill(lengths, length);
    Completion answer = Completions.withSpans(between, lengths);

    TimeBudget budget = TimeBudgets.of(answer.offloadRatio(), length);

    assertThat(spent(budget, answer)).isCloseTo(1, within(1e-6));
  }

  @Property(tries = 200)
  void aFurtherSpanSpendsMore(
      @ForAll @IntRange(min = 1, max = 5) int spans,
      @ForAll @IntRange(min = 1, max = 6) int length) {
    int[] fewer = new int[spans];
    int[] more = new int[spans + 1];
    Arrays.fill(fewer, length);
    Arrays.fill(more, length);
    TimeBudget budget = TimeBudgets.of(0.05, 2);

    assertThat(spent(budget, Completions.withSpans(30, more)))
        .isGreaterThan(spent(budget, Completions.withSpans(30, fewer)));
  }

  @Property(tries = 200)
  void aHigherTargetMakesTheSameAnswerCheaper(
      @ForAll @DoubleRange(min = 0.01, max = 0.2) double target) {
    Completion answer = Completions.withSpans(30, 3, 3);

    assertThat(spent(TimeBudgets.of(target * 1.5, 3), answer))
        .isLessThan(spent(TimeBudgets.of(target, 3), answer));
  }

  @Example
  void manyShortSpansSpendMoreThanALongOne() {
    TimeBudget budget = TimeBudgets.of(0.1, 4);

    assertThat(spent(budget, Completions.withSpans(20, 2, 2, 2, 2)))
        .isGreaterThan(spent(budget, Completions.withSpans(50, 8)));
  }

  @Example
  void theShapeOfTheRewardIsThePeaks() {
    Completion answer = Completions.withSpans(30, 2, 2, 2);
    TimeBudget budget = TimeBudgets.of(0.02, 2);
    double spent = spent(budget, answer);

    assertThat(spent).isGreaterThan(1);
    assertThat(new LatencyReward(budget, LatencyReward.PRICE).of(answer)).isEqualTo(1 - spent);
    assertThat(new LatencyReward(budget, LatencyReward.AT_MOST_TARGET).of(answer))
        .isEqualTo(LatencyReward.AT_MOST_TARGET.value(spent));
  }

  @Example
  void anAnswerWithoutTextHasSpentNothing() {
    Completion empty = new Completion("20", "", true, 40, List.of());

    assertThat(new LatencyReward(TimeBudgets.of(0.05, 2), LatencyReward.ON_TARGET).of(empty))
        .isEqualTo(LatencyReward.ON_TARGET.value(0));
  }

  @Property(tries = 200)
  void theAnswerToCompareWithHasTheLengthAndTheRatioAskedFor(
      @ForAll @IntRange(min = 1, max = 300) int text,
      @ForAll @IntRange(min = 1, max = 9) int length,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double ratio) {
    SpreadSpans spread = new SpreadSpans(10, text, length);
    double spans = spread.spansFor(ratio);

    assertThat(spread.outline((int) spans).text()).isEqualTo(text);
    assertThat(spread.outline((int) spans + 1).text()).isEqualTo(text);
    double large = length * spans;
    assertThat(large).isLessThanOrEqualTo(text + 1e-9);
    if (large < text - 1e-9) {
      assertThat(large / (text + 2 * spans)).isCloseTo(ratio, within(1e-9));
    }
    assertThat(spread.outline((int) spans).tokens(Author.LARGE))
        .isEqualTo(Math.min(text, length * (int) spans));
  }

  @Example
  void targetsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> TimeBudgets.of(0, 2))
        .hasMessageContaining("above 0 and below 1, not 0.0");
    assertThatThrownBy(() -> TimeBudgets.of(0.05, 0)).hasMessageContaining("at least 1 token");
    assertThatThrownBy(
            () -> new TimeBudget(TimeBudgets.PROFILE, Mode.LARGE, SplitSettings.DEFAULT, 0.05, 2))
        .hasMessageContaining("not for the mode large");
  }

  private static double spent(TimeBudget budget, Completion answer) {
    return budget.spent(requireNonNull(answer.outline()));
  }
}
