package dev.splitreason.training.run;

import dev.splitreason.data.chart.Axis;
import dev.splitreason.data.chart.Chart;
import dev.splitreason.data.chart.Series;
import dev.splitreason.data.chart.Series.Kind;
import dev.splitreason.training.run.MetricsLog.Curve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The curves of a run as a PNG: a quantity on the left axis, shares on the right one. */
final class CurvesPng {

  private static final String LEFT = "#0969da";

  /** Told apart by people who do not see all colours, too. */
  private static final List<String> SHARES = List.of("#bc4c00", "#1a7f37", "#8250df", "#6e7781");

  private CurvesPng() {}

  /** Draws figures of a log; those that it has not yet are left out. */
  static void write(Path file, Curves curves, MetricsLog metrics) throws IOException {
    List<Curve> shares = new ArrayList<>();
    for (String share : curves.shares()) {
      shares.add(metrics.curve(share));
    }
    Files.write(file, chart(curves, metrics.curve(curves.left()), shares).png());
  }

  /** The chart; shares without a value are not in it. */
  static Chart chart(Curves curves, Curve left, List<Curve> shares) {
    List<Series> others = new ArrayList<>();
    for (Curve share : shares) {
      if (!share.steps().isEmpty()) {
        others.add(series(share, Kind.DOTTED_LINE, SHARES.get(others.size() % SHARES.size())));
      }
    }
    Series main = series(left, Kind.LINE, LEFT);
    List<double[]> steps = Stream.concat(Stream.of(main), others.stream()).map(Series::x).toList();
    return new Chart(
        curves.leftTitle() + " and " + curves.rightTitle(),
        Axis.ofWhole("step", steps),
        Axis.fromZero(curves.leftTitle(), List.of(main.y())),
        List.of(main),
        others.isEmpty() ? null : Axis.between(curves.rightTitle(), 0, 1),
        others);
  }

  private static Series series(Curve curve, Kind kind, String colour) {
    return new Series(
        curve.name().replace('_', ' '),
        kind,
        colour,
        numbers(curve.steps()),
        numbers(curve.values()));
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
