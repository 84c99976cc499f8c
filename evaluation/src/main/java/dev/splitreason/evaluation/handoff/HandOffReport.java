package dev.splitreason.evaluation.handoff;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param small file name
 * @param large file name
 * @param smallTokens of the answer, tags included
 * @param largeTokens of the answer
 * @param spans of the answer
 * @param smallStep seconds of a token of the small model alone
 * @param largeStep seconds of a token of the large model alone
 * @param ideal seconds of the answer at these steps
 */
public record HandOffReport(
    String small,
    String large,
    int smallTokens,
    int largeTokens,
    int spans,
    double smallStep,
    double largeStep,
    double ideal,
    List<Row> rows) {

  /** The way of the large model alone. */
  public static final String LARGE = "large";

  /** The way of the small model alone. */
  public static final String SMALL = "small";

  /**
   * One way; times are medians over turns.
   *
   * @param seconds from the first token to the last
   * @param toIdeal how many times the ideal that is
   * @param toLarge from the open tag to the large model's first token, in its steps
   * @param toSmall from the large model's last kept token to the small one's next, in its steps
   * @param discarded tokens of the large model
   */
  public record Row(
      String way,
      double seconds,
      double toIdeal,
      @Nullable Spread toLarge,
      @Nullable Spread toSmall,
      double discarded,
      Through small,
      Through large) {}

  /** How some values lie. */
  public record Spread(double p50, double p95) {

    static @Nullable Spread of(List<Double> values) {
      if (values.isEmpty()) {
        return null;
      }
      List<Double> sorted = values.stream().sorted().toList();
      return new Spread(at(sorted, 0.5), at(sorted, 0.95));
    }

    private static double at(List<Double> sorted, double share) {
      return sorted.get(
          (int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }
  }

  /** What went through a model. */
  public record Through(double passes, double tokens) {

    static Through of(List<Replay> replays, Function<Replay, Passes> side) {
      return new Through(
          median(replays, replay -> side.apply(replay).passes()),
          median(replays, replay -> side.apply(replay).tokens()));
    }
  }

  /**
   * What turns of every way come to.
   *
   * @param replays by way, {@link #SMALL} and {@link #LARGE} among them
   */
  public static HandOffReport of(
      String small, String large, Script script, Map<String, List<Replay>> replays) {
    double smallStep = median(Objects.requireNonNull(replays.get(SMALL)), Replay::step);
    double largeStep = median(Objects.requireNonNull(replays.get(LARGE)), Replay::step);
    double ideal = script.smallTokens() * smallStep + script.largeTokens() * largeStep;
    List<Row> rows = new ArrayList<>();
    replays.forEach(
        (way, turns) -> {
          double seconds = median(turns, Replay::seconds);
          rows.add(
              new Row(
                  way,
                  seconds,
                  seconds / ideal,
                  Spread.of(all(turns, Replay::toLarge, largeStep)),
                  Spread.of(all(turns, Replay::toSmall, smallStep)),
                  median(turns, Replay::discarded),
                  Through.of(turns, Replay::small),
                  Through.of(turns, Replay::large)));
        });
    return new HandOffReport(
        small,
        large,
        script.smallTokens(),
        script.largeTokens(),
        script.spans().length,
        smallStep,
        largeStep,
        ideal,
        rows);
  }

  private static List<Double> all(
      List<Replay> turns, Function<Replay, List<Double>> times, double step) {
    return turns.stream().flatMap(turn -> times.apply(turn).stream()).map(t -> t / step).toList();
  }

  private static double median(List<Replay> replays, ToDoubleFunction<Replay> value) {
    double[] sorted = replays.stream().mapToDouble(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The report as a table for people. */
  public String table() {
    StringBuilder out = new StringBuilder();
    Formatter format = new Formatter(out, Locale.ROOT);
    format.format(
        "%s and %s: %d and %d tokens, %d spans; steps of %.1f and %.1f ms, ideal %.2f s%n%n",
        small, large, smallTokens, largeTokens, spans, 1e3 * smallStep, 1e3 * largeStep, ideal);
    out.append(
        "way            seconds  x ideal  to large p50/p95  to small p50/p95  discarded"
            + "  small passes/tokens  large passes/tokens\n");
    for (Row row : rows) {
      format.format(
          "%-13s  %7.2f  %7.3f  %16s  %16s  %9.0f  %19s  %19s%n",
          row.way(),
          row.seconds(),
          row.toIdeal(),
          text(row.toLarge()),
          text(row.toSmall()),
          row.discarded(),
          text(row.small()),
          text(row.large()));
    }
    return out.toString();
  }

  private static String text(@Nullable Spread spread) {
    return spread == null
        ? "–"
        : String.format(Locale.ROOT, "%.1f / %.1f", spread.p50(), spread.p95());
  }

  private static String text(Through through) {
    return String.format(Locale.ROOT, "%.0f / %.0f", through.passes(), through.tokens());
  }
}
