package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.ModelFileException;
import java.util.List;

/**
 * How much memory a token of context takes while a model runs: its keys and values of every layer,
 * its place in the mask and, where attention is computed in two steps, its scores.
 *
 * <p>Never more than llama.cpp takes, since what does not fit is refused: layers that look back
 * over a window keep less, and which do is not in every file.
 *
 * @param numbers keys and values that are kept, over all layers
 * @param heads of the widest layer
 */
public record CacheSize(long numbers, int heads) {

  /** Of layers with a sliding window at least so many of a hundred see everything. */
  private static final int FULL_LAYERS_PERCENT = 16;

  /** The bookkeeping of a cell: position, shift, sequences. */
  private static final int CELL_BYTES = 48;

  /**
   * That of a file.
   *
   * @throws ModelFileException if its numbers are no model's
   */
  public static CacheSize of(GgufFile file) {
    Hyperparameters model = new Hyperparameters(file);
    List<Integer> heads = model.byLayer("attention.head_count", List.of(1));
    List<Integer> keyHeads = model.byLayer("attention.head_count_kv", heads);
    int share = model.count("embedding_length", 0) / Math.max(1, heads.getFirst());
    long keys = model.count("attention.key_length", share);
    long values = model.count("attention.value_length", share);
    // Multi-head latent attention keeps a compressed state in place of both.
    boolean latent = model.value("attention.key_length_mla") != null;
    long each = latent ? keys : keys + values;
    long numbers = keyHeads.stream().mapToLong(count -> count * each).sum();
    if (model.count("attention.sliding_window", 0) > 0) {
      numbers = numbers * FULL_LAYERS_PERCENT / 100;
    }
    return new CacheSize(numbers, heads.stream().mapToInt(Integer::intValue).max().orElse(1));
  }

  /**
   * Bytes of one token.
   *
   * @param bitsOfEight bits that eight numbers of the cache take
   * @param scored tokens of a batch for which scores are kept, 0 where none are
   */
  public long bytesPerToken(int bitsOfEight, int scored) {
    return numbers * bitsOfEight / 64 + CELL_BYTES + 4L * scored * heads;
  }
}
