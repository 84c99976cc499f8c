package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.splitreason.training.reward.RewardSum.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardSumTest {

  private static final Completion ANY = Completions.saying("");

  @Test
  void addsEachRewardTimesItsWeightAndTellsTheParts() {
    RewardSum sum =
        new RewardSum(
            List.of(new Term("half", 2, answer -> 0.5), new Term("watched", 0, answer -> 7)));

    RewardSum.Score score = sum.of(ANY);

    assertThat(score.total()).isEqualTo(1);
    assertThat(score.parts()).containsExactly(entry("half", 0.5), entry("watched", 7.0));
  }

  @Test
  void aRewardThatIsNoNumberIsNamed() {
    RewardSum sum = new RewardSum(List.of(new Term("broken", 1, answer -> Double.NaN)));

    assertThatThrownBy(() -> sum.of(ANY)).hasMessageContaining("'broken' is NaN");
  }

  @Test
  void sumsOfNothingAndNamesTwiceAreRefused() {
    Term term = new Term("same", 1, answer -> 1);

    assertThatThrownBy(() -> new RewardSum(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new RewardSum(List.of(term, term)))
        .hasMessageContaining("name of its own");
    assertThatThrownBy(() -> new Term("infinite", Double.POSITIVE_INFINITY, answer -> 1))
        .hasMessageContaining("'infinite' must be finite");
  }
}
