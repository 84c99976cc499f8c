package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adds control tokens, such as the hand-off tags, to a checkpoint (arXiv 2504.16379, section 3.2).
 * Each starts out, in the embedding and the output matrix, as the mean of the tokens that its
 * spelling was written with before.
 */
public final class AddedTokens {

  /** Rows of the matrices come in multiples of this, which suits the hardware. */
  private static final int ROWS = 64;

  private AddedTokens() {}

  /**
   * A checkpoint that has {@code spellings} as single tokens; those it has already stay as they
   * are. Unused rows of the embedding matrix are taken first. The given checkpoint is left alone
   * and still to be closed.
   *
   * @throws IllegalStateException if the checkpoint has no tokenizer
   * @throws UserMistake if a spelling is empty
   */
  public static Checkpoint add(Checkpoint checkpoint, List<String> spellings) {
    SequencedMap<Integer, long[]> pieces = new LinkedHashMap<>();
    SequencedMap<String, String> files = new LinkedHashMap<>(checkpoint.files());
    int size;
    try (JsonTokenizer tokenizer = checkpoint.tokenizer()) {
      size = tokenizer.size();
      BpeVocabulary vocabulary = tokenizer.vocabulary();
      for (String spelling : spellings) {
        int[] before = tokenizer.tokenize(spelling);
        if (before.length == 0) {
          throw new UserMistake("a control token needs a spelling");
        }
        if (vocabulary.idOf(spelling) == null) {
          pieces.put(size, Arrays.stream(before).asLongStream().toArray());
          vocabulary.addControl(size++, spelling);
        }
      }
      files.put("tokenizer.json", vocabulary.json());
      files.remove("added_tokens.json"); // would contradict
    }
    ModelShape shape = checkpoint.model().shape();
    int rows = shape.vocabulary();
    ModelShape grown = size <= rows ? shape : shape.withVocabulary(Math.ceilDiv(size, ROWS) * ROWS);
    Map<String, Tensor> old = checkpoint.model().parameters();
    Transformer model =
        Transformer.of(
            grown,
            (name, _) -> {
              Tensor values = Objects.requireNonNull(old.get(name)).detach();
              return ModelShape.isByToken(name)
                  ? withRows(values, grown.vocabulary(), pieces)
                  : values.clone();
            });
    return new Checkpoint(model, files);
  }

  private static Tensor withRows(Tensor old, int rows, Map<Integer, long[]> pieces) {
    try (GradientMode _ = GradientMode.off()) {
      Tensor grown = torch.zeros(new long[] {rows, old.size(1)}, old.options());
      grown.narrow(0, 0, old.size(0)).copy_(old);
      pieces.forEach(
          (id, before) -> {
            try (PointerScope _ = new PointerScope()) {
              Tensor index = PlacedNumbers.of(before, old);
              grown.select(0, id).copy_(old.index_select(0, index).mean(new long[] {0}));
            }
          });
      return grown;
    }
  }
}
