package dev.splitreason.training.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final Example FIRST =
      new ExampleBuilder().add(new int[] {1, 2}, 0).add(new int[] {3}, 1).build();
  private static final Example SECOND =
      new ExampleBuilder().add(new int[] {4}, 0).add(new int[] {5}, 2).build();

  @Test
  void rowsAreAsLongAsTheLongestExample() {
    Batch batch = Batch.padded(List.of(FIRST, SECOND));

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.tokens()).containsExactly(1, 2, 3, 4, 5, 0);
    assertThat(batch.packed()).isNull();
    assertThat(batch.size()).isEqualTo(5);
  }

  @Test
  void aTokenIsPredictedFromThePlaceBeforeIt() {
    Batch batch = Batch.padded(List.of(FIRST, SECOND));

    assertThat(batch.from()).containsExactly(1, 3);
    assertThat(batch.targets()).containsExactly(3, 5);
    assertThat(batch.weights()).containsExactly(1, 2);
    assertThat(batch.weight()).isEqualTo(3);
  }

  @Test
  void packedExamplesFollowEachOther() {
    Batch batch = Batch.packed(List.of(List.of(FIRST, SECOND), List.of(SECOND)), 6);

    assertThat(batch.tokens()).containsExactly(1, 2, 3, 4, 5, 0, 4, 5, 0, 0, 0, 0);
    assertThat(batch.packed()).containsExactly(new int[] {3, 2}, new int[] {2});
    assertThat(batch.from()).containsExactly(1, 3, 6);
  }

  @Test
  void noExampleLearnsItsFirstTokenFromTheExampleBefore() {
    Example learnsAll = new ExampleBuilder().add(new int[] {7, 8}, 1).build();

    Batch batch = Batch.packed(List.of(List.of(FIRST, learnsAll)), 5);

    assertThat(batch.targets()).containsExactly(3, 8);
  }

  @Test
  void anExampleThatLearnsItsFirstTokenIsRefused() {
    assertThatThrownBy(() -> new Example(new int[] {1, 2}, new float[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStepPutsExamplesOfLikeLengthTogether() {
    StepData step = StepData.padded(List.of(FIRST, SECOND, FIRST, SECOND), 2);

    assertThat(step.batches()).extracting(Batch::length).containsExactly(2, 3);
    assertThat(step.weight()).isEqualTo(6);
    assertThat(step.size()).isEqualTo(10);
  }
}
