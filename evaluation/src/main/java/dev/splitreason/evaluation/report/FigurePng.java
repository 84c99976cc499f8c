package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Result;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The figure of accuracy against a cost, as a PNG. */
final class FigurePng {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  private FigurePng() {}

  /**
   * Draws a figure.
   *
   * @param cost where a result stands across; {@code label} names it with its unit
   */
  static void write(Path file, List<Result> results, String label, ToDoubleFunction<Result> cost)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(label)
            .yAxisTitle("accuracy, % (95 % interval)")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    List<Result> front = Points.paretoFront(results, cost);
    XYSeries line =
        chart.addSeries(
            "Pareto front",
            front.stream().mapToDouble(cost).toArray(),
            front.stream().mapToDouble(result -> 100 * result.accuracy()).toArray());
    line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Color.GRAY);
    int number = 0;
    for (Result result : results) {
      number++;
      double half = 50 * (result.ci95().high() - result.ci95().low());
      chart.addSeries(
          number + " " + result.contender().policy(),
          new double[] {cost.applyAsDouble(result)},
          new double[] {100 * result.accuracy()},
          new double[] {half});
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    }
  }
}
