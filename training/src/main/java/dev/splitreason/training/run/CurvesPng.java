package dev.splitreason.training.run;

import dev.splitreason.data.chart.ChartPng;
import dev.splitreason.training.run.MetricsLog.Curve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a run as a PNG: a quantity on the left axis, shares on the right one. */
final class CurvesPng {

  private CurvesPng() {}

  /** Draws figures of a log; those that it has not yet are left out. */
  static void write(Path file, Curves curves, MetricsLog metrics) throws IOException {
    List<Curve> shares = new ArrayList<>();
    for (String share : curves.shares()) {
      shares.add(metrics.curve(share));
    }
    write(file, curves.leftTitle(), metrics.curve(curves.left()), curves.rightTitle(), shares);
  }

  private static void write(
      Path file, String leftTitle, Curve left, String rightTitle, List<Curve> shares)
      throws IOException {
    XYChart chart = ChartPng.empty("step", leftTitle);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setYAxisMin(left.values().stream().reduce(0.0, Math::min));
    add(chart, left).setMarker(SeriesMarkers.NONE);
    for (Curve share : shares) {
      if (!share.steps().isEmpty()) {
        chart.setYAxisGroupTitle(1, rightTitle);
        chart.getStyler().setYAxisMin(1, 0.0);
        chart.getStyler().setYAxisMax(1, 1.0);
        add(chart, share).setYAxisGroup(1);
      }
    }
    ChartPng.write(chart, file);
  }

  private static XYSeries add(XYChart chart, Curve curve) {
    return chart.addSeries(
        curve.name(),
        curve.steps().stream().mapToDouble(Double::doubleValue).toArray(),
        curve.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
