package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.checkpoint.Checkpoint;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Growing texts by pieces gives what running them whole gives. */
class KeyValueCacheTest {

  private static final int[] TEXT = {5, 17, 33, 2, 60, 8, 41, 9, 11};
  private static final int[] OTHER = {7, 7, 1, 29, 54, 3};

  private final PointerScope scope = new PointerScope();
  private final Checkpoint checkpoint = Golden.named("grouped").checkpoint();
  private final Transformer model = checkpoint.model();
  private final KeyValueCache cache = model.newCache(3);

  @AfterEach
  void free() {
    cache.close();
    checkpoint.close();
    scope.close();
  }

  @Test
  void ragged_pieces_in_scattered_rows_give_the_logits_of_whole_texts() {
    append(0, 0, 2);
    Tensor hidden =
        model.forward(
            cache,
            new int[] {2, 0},
            new int[][] {Arrays.copyOf(OTHER, 2), Arrays.copyOfRange(TEXT, 2, 7)});
    assertThat(logits(hidden.select(0, 1))).containsExactly(whole(TEXT, 2, 7), within(1e-5f));
    assertThat(logits(hidden.select(0, 0).narrow(0, 0, 2)))
        .containsExactly(whole(OTHER, 0, 2), within(1e-5f));
    hidden =
        model.forward(
            cache,
            new int[] {0, 2},
            new int[][] {Arrays.copyOfRange(TEXT, 7, 9), Arrays.copyOfRange(OTHER, 2, 6)});
    assertThat(logits(hidden.select(0, 0).narrow(0, 0, 2)))
        .containsExactly(whole(TEXT, 7, 9), within(1e-5f));
    assertThat(logits(hidden.select(0, 1))).containsExactly(whole(OTHER, 2, 6), within(1e-5f));
  }

  @Test
  void a_truncated_row_goes_on_as_if_the_rest_had_never_been() {
    append(1, 0, 3);
    model.forward(cache, new int[] {1}, new int[][] {OTHER});
    cache.truncate(1, 3);
    assertThat(append(1, 3, 9)).containsExactly(whole(TEXT, 3, 9), within(1e-5f));
  }

  @Test
  void a_copied_row_goes_on_by_itself() {
    append(0, 0, 4);
    cache.copy(0, 2);
    model.forward(cache, new int[] {0}, new int[][] {OTHER});
    assertThat(cache.length(2)).isEqualTo(4);
    assertThat(append(2, 4, 9)).containsExactly(whole(TEXT, 4, 9), within(1e-5f));
  }

  private float[] append(int row, int from, int to) {
    return logits(
        model
            .forward(cache, new int[] {row}, new int[][] {Arrays.copyOfRange(TEXT, from, to)})
            .select(0, 0));
  }

  private float[] logits(Tensor hidden) {
    return Golden.floats(model.logits(hidden));
  }

  private float[] whole(int[] text, int from, int to) {
    Tensor hidden = model.forward(Golden.tensor(new int[][] {text}), Positions.causal());
    return logits(hidden.select(0, 0).narrow(0, from, to - from));
  }
}
