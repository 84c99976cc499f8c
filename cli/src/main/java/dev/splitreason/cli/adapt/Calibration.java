package dev.splitreason.cli.adapt;

import java.io.IOException;

/**
 * Finds where on a dial the large model writes a share of the tokens. The share must not rise where
 * the dial does.
 *
 * @param low end of the dial, where most is offloaded
 * @param high its other end
 * @param looks how many settings are tried
 */
record Calibration(double low, double high, int looks) {

  /** The share at a setting of the dial, 0 … 1. */
  @FunctionalInterface
  interface Share {
    double at(double setting) throws IOException, InterruptedException;
  }

  /** The setting tried whose share is nearest to the target; settings have two decimals at most. */
  double find(double target, Share share) throws IOException, InterruptedException {
    double from = low;
    double to = high;
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < looks; i++) {
      double setting = Math.round(100 * (from + to) / 2) / 100.0;
      double now = share.at(setting);
      if (Math.abs(now - target) < least) {
        least = Math.abs(now - target);
        best = setting;
      }
      if (now > target) {
        from = setting;
      } else {
        to = setting;
      }
    }
    return best;
  }
}
