package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MeanTimeRewardProperties {

  private static final MeanTimeReward REWARD = new MeanTimeReward(TimeBudgets.of(0.05, 2), 2);

  @Property(tries = 100)
  void onAverageItIsOneLessHowFarTheMeanIsFromTheTarget(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> spans) {
    List<Completion> batch = batch(spans);
    MeanTimeReward among = REWARD.among(batch);

    double average = batch.stream().mapToDouble(among::of).average().orElseThrow();
    assertThat(average).isCloseTo(1 - 2 * Math.pow(among.mean() - 1, 2), within(1e-9));
  }

  @Property(tries = 100)
  void aSpanCostsWhereTheMeanIsAboveTheTargetAndPaysBelowIt(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> spans) {
    MeanTimeReward among = REWARD.among(batch(spans));

    double gain = among.of(answer(3)) - among.of(answer(2));
    assertThat(Math.signum(gain)).isEqualTo(-Math.signum(among.mean() - 1));
  }

  @Example
  void anAnswerAloneIsItsOwnMean() {
    assertThat(REWARD.of(answer(4))).isEqualTo(REWARD.among(List.of(answer(4))).of(answer(4)));
    assertThat(REWARD.of(answer(4))).isLessThan(1);
  }

  @Example
  void aPriceThatDoesNotRiseIsRefused() {
    assertThatThrownBy(() -> new MeanTimeReward(TimeBudgets.of(0.05, 2), 0))
        .hasMessage("the slope of a price must be above 0, not 0.0");
  }

  private static List<Completion> batch(List<Integer> spans) {
    List<Completion> batch = new ArrayList<>();
    spans.forEach(count -> batch.add(answer(count)));
    return batch;
  }

  /** Answers of equal text, so many two-token spans in it. */
  private static Completion answer(int spans) {
    int[] lengths = Collections.nCopies(spans, 2).stream().mapToInt(Integer::intValue).toArray();
    return Completions.withSpans(20, lengths);
  }
}
