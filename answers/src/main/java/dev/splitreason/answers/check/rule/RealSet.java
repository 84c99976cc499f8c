package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Constant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of real numbers: intervals in ascending order, none of which touch.
 *
 * @param intervals a single point is an interval closed on both sides
 */
record RealSet(List<Interval> intervals) {

  static final RealSet EMPTY = new RealSet(List.of());
  static final RealSet ALL =
      new RealSet(List.of(new Interval(End.MINUS_INFINITY, End.PLUS_INFINITY)));

  /**
   * An end of an interval.
   *
   * @param value where it is, for sorting
   * @param closed whether it belongs to the interval
   * @param source what it was written as, for comparing
   */
  record End(double value, boolean closed, Expression source) {

    static final End PLUS_INFINITY = new End(Double.POSITIVE_INFINITY, false, Constant.INFINITY);
    static final End MINUS_INFINITY =
        new End(Double.NEGATIVE_INFINITY, false, Expression.negate(Constant.INFINITY));

    private static final double SAME = 1e-9;

    boolean isAt(End other) {
      double scale = Math.max(1, Math.max(Math.abs(value), Math.abs(other.value)));
      return value == other.value
          || (Double.isFinite(scale) && Math.abs(value - other.value) <= SAME * scale);
    }

    End turned() {
      return new End(value, !closed, source);
    }

    End mirrored() {
      return new End(-value, closed, Expression.negate(source));
    }
  }

  /** All numbers between two ends. */
  record Interval(End low, End high) {

    boolean isEmpty() {
      return low.isAt(high) ? !(low.closed && high.closed) : low.value > high.value;
    }

    Interval mirrored() {
      return new Interval(high.mirrored(), low.mirrored());
    }
  }

  /** The numbers between two ends; none if there are none. */
  static RealSet between(End low, End high) {
    Interval interval = new Interval(low, high);
    return interval.isEmpty() ? EMPTY : new RealSet(List.of(interval));
  }

  static RealSet point(double value, Expression source) {
    End end = new End(value, true, source);
    return between(end, end);
  }

  RealSet union(RealSet other) {
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.addAll(other.intervals);
    sorted.sort(
        Comparator.comparingDouble((Interval interval) -> interval.low().value())
            .thenComparing(interval -> !interval.low().closed()));
    List<Interval> merged = new ArrayList<>();
    for (Interval next : sorted) {
      Interval last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || !meet(last.high(), next.low())) {
        merged.add(next);
      } else {
        merged.set(merged.size() - 1, new Interval(last.low(), later(last.high(), next.high())));
      }
    }
    return new RealSet(List.copyOf(merged));
  }

  RealSet intersection(RealSet other) {
    return complement().union(other.complement()).complement();
  }

  RealSet minus(RealSet other) {
    return intersection(other.complement());
  }

  RealSet complement() {
    List<Interval> gaps = new ArrayList<>();
    End low = End.MINUS_INFINITY;
    for (Interval interval : intervals) {
      Interval gap = new Interval(low, interval.low().turned());
      if (isGap(gap)) {
        gaps.add(gap);
      }
      low = interval.high().turned();
    }
    Interval last = new Interval(low, End.PLUS_INFINITY);
    if (isGap(last)) {
      gaps.add(last);
    }
    return new RealSet(List.copyOf(gaps));
  }

  /** The set of −x for all x in this one. */
  RealSet mirrored() {
    return new RealSet(intervals.reversed().stream().map(Interval::mirrored).toList());
  }

  /** Turning an end at infinity closes it: there is nothing beyond. */
  private static boolean isGap(Interval gap) {
    boolean beyond =
        gap.high().value() == Double.NEGATIVE_INFINITY
            || gap.low().value() == Double.POSITIVE_INFINITY;
    return !beyond && !gap.isEmpty();
  }

  private static boolean meet(End high, End low) {
    return high.isAt(low) ? high.closed() || low.closed() : high.value() > low.value();
  }

  private static End later(End first, End second) {
    if (first.isAt(second)) {
      return first.closed() ? first : second;
    }
    return first.value() > second.value() ? first : second;
  }
}
