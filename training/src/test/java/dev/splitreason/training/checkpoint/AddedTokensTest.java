package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.shape.ModelShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** New control tokens are single tokens that mean what their spelling meant. */
class AddedTokensTest {

  private final PointerScope scope = new PointerScope();
  private final Checkpoint before = GgufImport.read(Path.of("../models/small.gguf"));
  private final Checkpoint after = AddedTokens.add(before, List.of("<ask>", "</ask>", "<think>"));

  @AfterEach
  void free() {
    after.close();
    before.close();
    scope.close();
  }

  @Test
  void each_is_one_control_token() {
    try (JsonTokenizer tokenizer = after.tokenizer()) {
      assertThat(tokenizer.tokenizeWithControl("<ask></ask><think>")).containsExactly(320, 321, 5);
      assertThat(tokenizer.tokenize("<ask>")).doesNotContain(320);
      assertThat(tokenizer.bytes(320)).asString().isEqualTo("<ask>");
    }
  }

  @Test
  void each_starts_as_the_mean_of_what_it_was_written_with() {
    assertThat(after.model().shape().vocabulary()).isEqualTo(384);
    try (JsonTokenizer tokenizer = before.tokenizer()) {
      int[] pieces = tokenizer.tokenize("<ask>");
      float[] mean = new float[32];
      for (int piece : pieces) {
        float[] row = row(before, piece);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += row[i] / pieces.length;
        }
      }
      assertThat(row(after, 320)).containsExactly(mean, within(1e-6f));
    }
    assertThat(row(after, 200)).isEqualTo(row(before, 200));
    assertThat(row(after, 321)).isNotEqualTo(row(after, 320));
  }

  @Test
  void unused_rows_are_taken_first() {
    Checkpoint more = AddedTokens.add(after, List.of("<more>"));
    try (more) {
      assertThat(more.model().shape().vocabulary()).isEqualTo(384);
      assertThat(row(more, 322)).isNotEqualTo(new float[32]);
    }
  }

  private static float[] row(Checkpoint checkpoint, int id) {
    Tensor embeddings =
        Objects.requireNonNull(checkpoint.model().parameters().get(ModelShape.EMBEDDINGS));
    float[] row = new float[32];
    embeddings.detach().select(0, id).contiguous().data_ptr_float().get(row);
    return row;
  }
}
