package dev.splitreason.training.pretrain;

import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.training.model.Initialization;

/**
 * The shape of a model to train from nothing, and how its weights are drawn.
 *
 * @param width of the hidden states
 * @param layers how many
 * @param heads of attention in each layer
 * @param keyValueHeads key and value heads, each shared by equally many heads
 * @param feedForward inner width of the feed-forward networks
 * @param maxPositions the longest text
 * @param ropeBase base of the rotary frequencies
 * @param normEpsilon of RMSNorm
 * @param tied whether the output matrix is the embedding matrix
 * @param matrixGain matrices are drawn with the standard deviation gain / sqrt(inputs)
 * @param embeddingDeviation standard deviation of the embeddings
 */
public record FreshModel(
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int feedForward,
    int maxPositions,
    double ropeBase,
    double normEpsilon,
    boolean tied,
    double matrixGain,
    double embeddingDeviation) {

  /** The small model of the bundled pair: 32,000 parameters and a vocabulary. */
  public static final FreshModel SMALL =
      new FreshModel(32, 2, 2, 2, 64, 512, 10_000, 1e-6, true, 0.7, 0.1);

  /** The shape with a vocabulary of so many tokens. */
  public ModelShape toShape(int vocabularySize) {
    return new ModelShape(
        ModelFamily.QWEN2,
        vocabularySize,
        width,
        layers,
        heads,
        keyValueHeads,
        width / Math.max(1, heads),
        feedForward,
        normEpsilon,
        Rope.of(ropeBase),
        maxPositions,
        tied);
  }

  Initialization toInitialization() {
    return Initialization.scaled(matrixGain, embeddingDeviation);
  }
}
