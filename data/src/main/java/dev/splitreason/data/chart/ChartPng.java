package dev.splitreason.data.chart;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** XChart's charts in the size and look of this project, as PNG files. */
public final class ChartPng {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private ChartPng() {}

  /** An empty chart with these titles of its axes. */
  public static XYChart empty(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  /** Writes a chart, over what is there. */
  public static void write(XYChart chart, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
    }
  }
}
