package dev.splitreason.training.model;

/**
 * How fresh weights are drawn: all normal around 0; biases start at 0, norms at 1.
 *
 * @param matrices standard deviation of the matrices inside the layers and of an output matrix
 * @param embeddingDeviation standard deviation of the embedding matrix
 */
public record Initialization(Deviation matrices, double embeddingDeviation) {

  /** The standard deviation of a matrix, from the number of its inputs. */
  @FunctionalInterface
  public interface Deviation {
    double of(long inputs);
  }

  /** The usual 0.02 everywhere: good from a width of some hundreds on. */
  public static Initialization standard() {
    return new Initialization(_ -> 0.02, 0.02);
  }

  /**
   * Matrices at {@code gain / sqrt(inputs)}. With 0.7, and embeddings at 0.1, narrow models (width
   * 32 to 128) with tied embeddings learn to copy, which they do not from {@link #standard}: there
   * the embeddings of related words stay parallel.
   */
  public static Initialization scaled(double gain, double embeddingDeviation) {
    return new Initialization(inputs -> gain / Math.sqrt((double) inputs), embeddingDeviation);
  }
}
