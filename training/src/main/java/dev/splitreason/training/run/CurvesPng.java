package dev.splitreason.training.run;

import dev.splitreason.training.run.MetricsLog.Curve;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a run as a PNG: loss on the left axis, accuracy on the right one. */
final class CurvesPng {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private CurvesPng() {}

  static void write(Path file, Curve loss, Curve accuracy) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("step")
            .yAxisTitle("loss, nats a token")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setYAxisMin(0.0);
    add(chart, loss).setMarker(SeriesMarkers.NONE);
    if (!accuracy.steps().isEmpty()) {
      chart.setYAxisGroupTitle(1, "answers right");
      chart.getStyler().setYAxisMin(1, 0.0);
      chart.getStyler().setYAxisMax(1, 1.0);
      add(chart, accuracy).setYAxisGroup(1);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    }
  }

  private static XYSeries add(XYChart chart, Curve curve) {
    return chart.addSeries(
        curve.name(),
        curve.steps().stream().mapToDouble(Double::doubleValue).toArray(),
        curve.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
