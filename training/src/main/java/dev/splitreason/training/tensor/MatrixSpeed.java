package dev.splitreason.training.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How fast this machine's processor multiplies matrices, which is what training mostly does. */
public final class MatrixSpeed {

  static {
    Libtorch.load();
  }

  /** As wide as the matrices of a small model. */
  private static final int WIDTH = 1024;

  private static final int PRODUCTS = 8;

  private MatrixSpeed() {}

  /**
   * Multiplications and additions a second, in F32.
   *
   * @param threads that compute
   */
  public static double measure(int threads) {
    ComputeThreads.use(threads);
    try (PointerScope _ = new PointerScope()) {
      Tensor left = torch.rand(WIDTH, WIDTH);
      Tensor right = torch.rand(WIDTH, WIDTH);
      left.matmul(right);
      long began = System.nanoTime();
      for (int i = 0; i < PRODUCTS; i++) {
        left.matmul(right);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return 2.0 * WIDTH * WIDTH * WIDTH * PRODUCTS / seconds;
    }
  }
}
