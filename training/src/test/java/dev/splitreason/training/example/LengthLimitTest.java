package dev.splitreason.training.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.training.example.LengthLimit.Kept;
import dev.splitreason.training.example.LengthLimit.Longer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthLimitTest {

  private static final Example SHORT = example(2, 3);
  private static final Example LONG = example(2, 8);
  private static final Example LONG_QUESTION = example(6, 2);

  @Test
  void longerExamplesAreDroppedAndCounted() {
    Kept kept = new LengthLimit(5, Longer.DROP).keep(List.of(SHORT, LONG));

    assertThat(kept).isEqualTo(new Kept(List.of(SHORT), 1, 0));
  }

  @Test
  void longerExamplesAreCutAndCounted() {
    Kept kept = new LengthLimit(5, Longer.CUT).keep(List.of(LONG, SHORT));

    assertThat(kept).isEqualTo(new Kept(List.of(example(2, 3), SHORT), 0, 1));
  }

  @Test
  void anExampleOfWhichNothingToLearnIsLeftIsDropped() {
    Kept kept = new LengthLimit(5, Longer.CUT).keep(List.of(LONG_QUESTION));

    assertThat(kept).isEqualTo(new Kept(List.of(), 1, 0));
  }

  private static Example example(int question, int response) {
    return new ExampleBuilder().add(new int[question], 0).add(new int[response], 1).build();
  }
}
