package dev.splitreason.evaluation.metric;

/** The chance that at least one of k samples is right, estimated without bias from n ≥ k. */
final class PassAtK {

  private PassAtK() {}

  /**
   * 1 − C(n−c, k) / C(n, k), as a product (arXiv 2107.03374, section 2.1).
   *
   * @param n samples drawn
   * @param c of which are right
   * @param k samples one is allowed
   */
  static double estimate(int n, int c, int k) {
    if (c < 0 || c > n || k < 1 || k > n) {
      throw new IllegalArgumentException(
          "pass@" + k + " of " + n + " samples, " + c + " right, is not defined");
    }
    double noneRight = 1;
    for (int i = n - c + 1; i <= n; i++) {
      noneRight *= Math.max(0, 1 - (double) k / i);
    }
    return 1 - noneRight;
  }
}
