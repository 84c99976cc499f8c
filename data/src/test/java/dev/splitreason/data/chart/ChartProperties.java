package dev.splitreason.data.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.chart.Series.Kind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ChartProperties {

  @Property(tries = 300)
  void noLabelCoversAnotherWhateverIsDrawn(
      @ForAll @IntRange(min = 1, max = 300_000) int steps,
      @ForAll @DoubleRange(min = -1e5, max = 1e9) double value,
      @ForAll @IntRange(max = 5) int others,
      @ForAll @IntRange(min = 1, max = 45) int title) {
    double[] x = {1, 1 + steps};
    double[] y = {0, value};
    List<Series> shares = new ArrayList<>();
    for (int i = 0; i < others; i++) {
      shares.add(new Series("answers right " + i, Kind.DOTTED_LINE, "#000000", x, y));
    }
    Chart chart =
        new Chart(
            "",
            Axis.ofWhole("step", List.of(x)),
            Axis.fromZero("l".repeat(title), List.of(y)),
            List.of(new Series("loss", Kind.LINE, "#000000", x, y)),
            others == 0 ? null : Axis.between("share of the problems", 0, 1),
            shares);

    Texts.of(chart.svg()).assertReadable();
  }

  @Property
  void ticksAreRoundInsideTheRangeAndSaidExactly(
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double least,
      @ForAll @DoubleRange(min = 0.01, max = 1e5) double range) {
    Ticks ticks = Ticks.across(least, least + range, 400, 0);

    double slack = 1e-6 * range;
    assertThat(ticks.values()).allMatch(v -> v >= least - slack && v <= least + range + slack);
    assertThat(ticks.labels()).doesNotHaveDuplicates();
    for (int i = 0; i < ticks.values().size(); i++) {
      String label = ticks.labels().get(i).replace(",", "");
      assertThat(Double.parseDouble(label)).isEqualTo(ticks.values().get(i));
    }
  }

  @Example
  void aNarrowRangeHasTicksThatAreReadAtAGlance() {
    // XChart wrote 0.5714285714, 1.1428571428 … here.
    assertThat(Ticks.upward(0, 3.9, 220, 0).labels()).containsExactly("0", "1", "2", "3");
    assertThat(Ticks.across(0, 100, 400, 0).labels()).startsWith("0", "10").endsWith("100");
    assertThat(Ticks.across(1, 3, 400, 1).labels()).containsExactly("1", "2", "3");
    assertThat(Ticks.across(0, 200_000, 400, 1).labels()).contains("0", "100,000", "200,000");
  }

  @Example
  void aValueThatIsNoNumberLeavesAGapAndNoTrace() {
    double[] y = {1, Double.NaN, Double.POSITIVE_INFINITY, 2};
    double[] x = {1, 2, 3, 4};
    Chart chart =
        new Chart(
            "loss",
            Axis.ofWhole("step", List.of(x)),
            Axis.fromZero("loss", List.of(y)),
            List.of(new Series("loss", Kind.LINE, "#000000", x, y)));

    assertThat(chart.svg()).doesNotContain("NaN", "Infinity", "∞");
    assertThat(chart.png()).isNotEmpty();
  }

  @Example
  void nothingIsDrawnToo() {
    Chart chart =
        new Chart(
            "nothing",
            Axis.ofWhole("step", List.of()),
            Axis.fromZero("loss", List.of()),
            List.of(new Series("loss", Kind.LINE, "#000000", new double[0], new double[0])));

    Texts.of(chart.svg()).assertReadable();
    assertThat(chart.png()).isNotEmpty();
  }
}
