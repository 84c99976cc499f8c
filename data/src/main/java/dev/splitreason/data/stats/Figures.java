package dev.splitreason.data.stats;

import dev.splitreason.data.chart.ChartPng;
import dev.splitreason.data.tagged.Span;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The paper's figures of a data set (arXiv 2504.16379) as PNG files. */
public final class Figures {

  /** Ends where the span does; the usual stroke has round ends, and dashes after some series. */
  private static final BasicStroke BAR =
      new BasicStroke(14, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

  private static final Color INK = new Color(0x2b6cb0);

  private Figures() {}

  /** Writes {@code positions.png}, {@code shares.png} and {@code samples.png} into a folder. */
  public static void write(TraceStatistics statistics, Path folder) throws IOException {
    Files.createDirectories(folder);
    ChartPng.write(positions(statistics), folder.resolve("positions.png"));
    ChartPng.write(shares(statistics), folder.resolve("shares.png"));
    ChartPng.write(samples(statistics), folder.resolve("samples.png"));
  }

  private static XYChart positions(TraceStatistics statistics) {
    XYChart chart = chart("Where spans are", "place in the trace (%)", "traces inside a span (%)");
    int bins = statistics.positions().length;
    double[] places = IntStream.range(0, bins).mapToDouble(i -> 100 * (i + 0.5) / bins).toArray();
    add(chart, "positions", places, percent(statistics.positions()), XYSeriesRenderStyle.Area);
    return chart;
  }

  private static XYChart shares(TraceStatistics statistics) {
    XYChart chart = chart("How much is offloaded", "traces, ascending (%)", "offloaded (%)");
    double[] shares = percent(statistics.offloadShares());
    if (shares.length > 0) {
      double[] ranks =
          IntStream.range(0, shares.length)
              .mapToDouble(i -> 100.0 * (i + 1) / shares.length)
              .toArray();
      add(chart, "shares", ranks, shares, XYSeriesRenderStyle.Line);
    }
    return chart;
  }

  private static XYChart samples(TraceStatistics statistics) {
    XYChart chart = chart("Spans of ten traces", "place in the trace (%)", "trace");
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(statistics.samples().size() + 1.0);
    int row = 0;
    for (SpanLayout sample : statistics.samples()) {
      row++;
      int part = 0;
      for (Span span : sample.spans()) {
        double[] from = {
          100.0 * span.start() / sample.length(), 100.0 * span.end() / sample.length()
        };
        XYSeries bar =
            add(chart, row + "." + part++, from, new double[] {row, row}, XYSeriesRenderStyle.Line);
        bar.setLineStyle(BAR).setLineWidth(BAR.getLineWidth());
      }
    }
    return chart;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart = ChartPng.empty(x, y);
    chart.setTitle(title);
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  private static XYSeries add(
      XYChart chart, String name, double[] x, double[] y, XYSeriesRenderStyle style) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(style);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(INK);
    series.setFillColor(INK);
    return series;
  }

  private static double[] percent(double[] shares) {
    return IntStream.range(0, shares.length).mapToDouble(i -> 100 * shares[i]).toArray();
  }
}
