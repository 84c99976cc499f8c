package dev.splitreason.answers.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.rule.RealSet.End;
import dev.splitreason.answers.check.rule.RealSet.Interval;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class RealSetTest {

  @Test
  void intervalsThatTouchBecomeOneWhereOneHasTheEnd() {
    assertThat(closed(0, 1).union(closed(1, 2)).intervals()).hasSize(1);
    assertThat(open(0, 1).union(open(1, 2)).intervals()).hasSize(2);
  }

  @Test
  void nothingAndEverythingAreEachOthersComplements() {
    assertThat(RealSet.EMPTY.complement()).isEqualTo(RealSet.ALL);
    assertThat(RealSet.ALL.complement()).isEqualTo(RealSet.EMPTY);
  }

  @Property
  void theComplementHasWhatTheSetHasNot(@ForAll("sets") RealSet set, @ForAll("points") double x) {
    assertThat(has(set.complement(), x)).isEqualTo(!has(set, x));
  }

  @Property
  void aUnionHasWhatEitherHas(
      @ForAll("sets") RealSet one, @ForAll("sets") RealSet other, @ForAll("points") double x) {
    assertThat(has(one.union(other), x)).isEqualTo(has(one, x) || has(other, x));
  }

  @Property
  void anIntersectionHasWhatBothHave(
      @ForAll("sets") RealSet one, @ForAll("sets") RealSet other, @ForAll("points") double x) {
    assertThat(has(one.intersection(other), x)).isEqualTo(has(one, x) && has(other, x));
  }

  @Property
  void aDifferenceHasWhatOnlyTheFirstHas(
      @ForAll("sets") RealSet one, @ForAll("sets") RealSet other, @ForAll("points") double x) {
    assertThat(has(one.minus(other), x)).isEqualTo(has(one, x) && !has(other, x));
  }

  @Property
  void theMirroredSetHasTheNegatives(@ForAll("sets") RealSet set, @ForAll("points") double x) {
    assertThat(has(set.mirrored(), -x)).isEqualTo(has(set, x));
  }

  @Property
  void intervalsAscendAndDoNotTouch(@ForAll("sets") RealSet one, @ForAll("sets") RealSet other) {
    RealSet union = one.union(other);
    for (int i = 1; i < union.intervals().size(); i++) {
      End before = union.intervals().get(i - 1).high();
      End after = union.intervals().get(i).low();
      assertThat(before.value()).isLessThanOrEqualTo(after.value());
      assertThat(before.value() == after.value() && (before.closed() || after.closed())).isFalse();
    }
  }

  private static boolean has(RealSet set, double x) {
    return set.intervals().stream().anyMatch(interval -> has(interval, x));
  }

  private static boolean has(Interval interval, double x) {
    boolean aboveLow =
        x > interval.low().value() || (x == interval.low().value() && interval.low().closed());
    boolean belowHigh =
        x < interval.high().value() || (x == interval.high().value() && interval.high().closed());
    return aboveLow && belowHigh;
  }

  private static RealSet closed(int low, int high) {
    return RealSet.between(end(low, true), end(high, true));
  }

  private static RealSet open(int low, int high) {
    return RealSet.between(end(low, false), end(high, false));
  }

  private static End end(int value, boolean closed) {
    return new End(value, closed, Expression.integer(value));
  }

  @Provide
  Arbitrary<RealSet> sets() {
    Arbitrary<End> ends =
        Combinators.combine(Arbitraries.integers().between(-3, 3), Arbitraries.of(true, false))
            .as(RealSetTest::end);
    Arbitrary<RealSet> intervals =
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(4, ends), Tuple.of(1, Arbitraries.just(End.MINUS_INFINITY))),
                Arbitraries.frequencyOf(
                    Tuple.of(4, ends), Tuple.of(1, Arbitraries.just(End.PLUS_INFINITY))))
            .as(RealSet::between);
    return intervals
        .list()
        .ofMaxSize(3)
        .map(all -> all.stream().reduce(RealSet.EMPTY, RealSet::union));
  }

  @Provide
  Arbitrary<Double> points() {
    return Arbitraries.integers().between(-8, 8).map(halves -> halves / 2.0);
  }
}
