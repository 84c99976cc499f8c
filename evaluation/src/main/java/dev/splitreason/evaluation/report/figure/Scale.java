package dev.splitreason.evaluation.report.figure;

import java.util.ArrayList;
import java.util.List;

/** How values stand on an axis that begins at 0. */
public enum Scale {
  /** Equal distances for equal differences. */
  LINEAR {
    @Override
    double position(double value) {
      return value;
    }

    @Override
    List<Double> ticks(double most) {
      double step = Math.pow(10, Math.floor(Math.log10(most)));
      double fitting = most / step < 2 ? step / 4 : most / step < 5 ? step : 2 * step;
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i * fitting <= most; i++) {
        ticks.add(i * fitting);
      }
      return ticks;
    }
  },
  /** More room for small shares than for large ones, and a place for 0. */
  ROOT {
    @Override
    double position(double value) {
      return Math.sqrt(value);
    }

    @Override
    List<Double> ticks(double most) {
      return SHARES.stream()
          .filter(share -> share <= most && (share == 0 || share >= most / 100))
          .toList();
    }
  };

  private static final List<Double> SHARES =
      List.of(0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);

  /** Where a value stands, up to a factor. */
  abstract double position(double value);

  /** Values to mark, up to the largest one shown. */
  abstract List<Double> ticks(double most);
}
