package dev.splitreason.training.model;

import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Some tokens' rows of the embedding or output matrix, which learn in place of the frozen matrix's
 * own. PEFT calls them trainable tokens. The matrix is never copied: it may be most of a model.
 *
 * @param rows [tokens, hidden]
 * @param ids int64 [tokens]
 * @param places int64 [vocabulary]: which row is a token's, or how many rows there are if none is
 */
record TokenRows(Tensor rows, Tensor ids, Tensor places) {

  static TokenRows of(Tensor rows, int[] tokens, int vocabulary) {
    long[] places = new long[vocabulary];
    Arrays.fill(places, tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      places[tokens[i]] = i;
    }
    long[] ids = Arrays.stream(tokens).asLongStream().toArray();
    return new TokenRows(rows, PlacedNumbers.of(ids, rows), PlacedNumbers.of(places, rows));
  }

  /**
   * Embeddings with these rows in place.
   *
   * @param embedded what the frozen matrix gives for the tokens, [.., hidden]
   * @param tokens int64 [..]
   */
  Tensor embed(Tensor embedded, Tensor tokens) {
    Tensor place = places.index_select(0, tokens.flatten()).view(tokens.sizes());
    Tensor none = torch.zeros(new long[] {1, rows.size(1)}, rows.options());
    Tensor own = torch.embedding(torch.cat(new TensorVector(rows, none)), place);
    Tensor isOwn = place.lt(new Scalar(rows.size(0))).unsqueeze(-1);
    return torch.where(isOwn, own, embedded);
  }

  /**
   * Puts these tokens' logits in place.
   *
   * @param logits of the frozen matrix, [.., vocabulary], overwritten
   * @param hidden [.., hidden]
   */
  Tensor score(Tensor logits, Tensor hidden) {
    return logits.index_copy_(-1, ids, torch.linear(hidden, rows));
  }

  /** Makes them the matrix's own, for good. */
  void mergeInto(Tensor matrix) {
    matrix.index_copy_(0, ids, rows);
  }
}
