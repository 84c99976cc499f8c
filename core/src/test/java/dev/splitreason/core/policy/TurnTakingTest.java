package dev.splitreason.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.policy.TurnTaking.Progress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTakingTest {

  private static final OffloadBudget NO_CAP = new OffloadBudget(1);

  private static TurnTaking turns(String policy, OffloadBudget budget) {
    return TurnTaking.of(Policy.parse(policy), budget, 64, 7);
  }

  @ParameterizedTest
  @CsvSource({"0.05,1", "0.1,1", "0.5,1", "0.1,8", "0.3,32"})
  void randomSwitchingGivesTheLargeModelItsShareInWholeChunks(double probability, int chunk) {
    int all = 0;
    int large = 0;
    for (long seed = 0; seed < 200; seed++) {
      TurnTaking turns =
          TurnTaking.of(new Policy.RandomSwitching(probability, chunk), NO_CAP, 64, seed);
      for (int written = 0; written < 1024; ) {
        Turn turn = turns.next(new Progress(written, 0, 1024 - written, LastEnd.LIMIT));
        assertThat(turn.limit() % chunk).isZero();
        written += turn.limit();
        all += turn.limit();
        large += turn instanceof Turn.Large ? turn.limit() : 0;
      }
    }
    assertThat((double) large / all).isCloseTo(probability, within(0.03));
  }

  @Test
  void anOpenTagGivesTheLargeModelASpan() {
    assertThat(turns("learned", NO_CAP).next(new Progress(5, 0, 1000, LastEnd.OPENED)))
        .isEqualTo(new Turn.Large(64, new Turn.Close.AtTag()));
  }

  @Test
  void tagsAreForbiddenUntilTheCapHasRoomForOneToken() {
    TurnTaking turns = turns("learned", new OffloadBudget(0.1));

    assertThat(turns.next(new Progress(0, 0, 1000, LastEnd.LIMIT))).isEqualTo(Turn.Small.alone(8));
    assertThat(turns.next(new Progress(8, 0, 1000, LastEnd.LIMIT)))
        .isEqualTo(new Turn.Small(1000, true, Double.POSITIVE_INFINITY, new Until.Limit()));
  }

  @Test
  void afterATurnOfTheLargeModelThatLeftNothingTheSmallOneWritesWhateverItsEntropy() {
    assertThat(turns("entropy:1", NO_CAP).next(new Progress(3, 0, 9, LastEnd.NOTHING_KEPT)))
        .isEqualTo(Turn.Small.alone(1));
  }

  @Property
  void noTurnExceedsWhatRemainsOrTheCap(
      @ForAll LastEnd lastEnd,
      @ForAll @DoubleRange(max = 1) double cap,
      @ForAll @IntRange(max = 500) int small,
      @ForAll @IntRange(max = 500) int large,
      @ForAll @IntRange(min = 1, max = 500) int remaining) {
    OffloadBudget budget = new OffloadBudget(cap);
    for (String policy : new String[] {"random:0.5:3", "entropy:1"}) {
      Turn turn = turns(policy, budget).next(new Progress(small, large, remaining, lastEnd));

      assertThat(turn.limit()).isBetween(1, remaining);
      if (turn instanceof Turn.Large) {
        assertThat(turn.limit()).isLessThanOrEqualTo(budget.largeTokens(small, large));
      }
    }
  }
}
