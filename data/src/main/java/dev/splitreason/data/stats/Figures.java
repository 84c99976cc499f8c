package dev.splitreason.data.stats;

import dev.splitreason.data.chart.Axis;
import dev.splitreason.data.chart.Chart;
import dev.splitreason.data.chart.Png;
import dev.splitreason.data.chart.Series;
import dev.splitreason.data.chart.Series.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The paper's figures of a data set (arXiv 2504.16379). What a filter keeps is drawn over all that
 * there is; where it keeps everything, once.
 *
 * @param positions where in the traces the spans are
 * @param shares how much of each trace is offloaded, from the least to the most
 * @param samples traces drawn at random with their spans, as SVG
 */
public record Figures(Chart positions, Chart shares, String samples) {

  private static final String INK = "#0969da";
  private static final String PALE = "#b6d3f5";

  /** The figures of a data set. */
  public static Figures of(StatisticsReport report) {
    TraceStatistics kept = report.kept();
    return new Figures(
        positions(report),
        shares(report),
        SpanStrips.of(kept.traces() == 0 ? report.all().samples() : kept.samples(), INK));
  }

  /** Writes {@code positions.png}, {@code shares.png} and {@code samples.png} into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("positions.png"), positions.png());
    Files.write(folder.resolve("shares.png"), shares.png());
    Files.write(folder.resolve("samples.png"), Png.of(samples));
  }

  private static Chart positions(StatisticsReport report) {
    int bins = report.all().positions().length;
    double[] places = IntStream.range(0, bins).mapToDouble(i -> 100 * (i + 0.5) / bins).toArray();
    List<Series> series =
        eachSet(
            report,
            set -> new Line(places, percent(set.positions())),
            Kind.BARS,
            report.keepsAll() ? Kind.BARS : Kind.NARROW_BARS);
    return new Chart(
        "Where spans are",
        Axis.between("place in the trace, %", 0, 100),
        Axis.fromZero("traces inside a span, %", values(series)),
        series);
  }

  private static Chart shares(StatisticsReport report) {
    List<Series> series = eachSet(report, Figures::ascending, Kind.LINE, Kind.LINE);
    return new Chart(
        "How much is offloaded",
        Axis.between("traces from the least to the most offloaded, %", 0, 100),
        Axis.fromZero("offloaded, %", values(series)),
        series);
  }

  private static Line ascending(TraceStatistics set) {
    double[] shares = percent(set.offloadShares());
    double[] ranks =
        IntStream.range(0, shares.length)
            .mapToDouble(i -> 100.0 * (i + 1) / shares.length)
            .toArray();
    return new Line(ranks, shares);
  }

  /** A series for all traces, and one for those that are kept if these are others. */
  private static List<Series> eachSet(
      StatisticsReport report, Function<TraceStatistics, Line> line, Kind ofAll, Kind ofKept) {
    Line kept = line.apply(report.kept());
    Series own = new Series("after filtering", ofKept, INK, kept.x, kept.y);
    if (report.keepsAll()) {
      return List.of(own);
    }
    Line all = line.apply(report.all());
    return List.of(new Series("all traces", ofAll, PALE, all.x, all.y), own);
  }

  private record Line(double[] x, double[] y) {}

  private static List<double[]> values(List<Series> series) {
    return series.stream().map(Series::y).toList();
  }

  private static double[] percent(double[] shares) {
    return IntStream.range(0, shares.length).mapToDouble(i -> 100 * shares[i]).toArray();
  }
}
