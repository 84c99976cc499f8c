package dev.splitreason.training.run;

import dev.splitreason.training.loop.StepReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * How much the process grows once it has warmed up. Measurements and checkpoints take memory for a
 * moment, so the least of the first quarter and the least of the last are compared. The Java heap
 * is bounded by what surefire gives it and counts too.
 */
final class MemoryGrowth implements RunListener {

  static final long MEGABYTE = 1L << 20;

  private final String run;
  private final int warmUp;
  private final List<Long> sizes = new ArrayList<>();
  private long steps;

  MemoryGrowth(String run, int warmUp) {
    this.run = run;
    this.warmUp = warmUp;
  }

  @Override
  public void onStep(StepReport report) {
    steps = report.step();
    if (steps >= warmUp && steps % Math.ceilDiv(warmUp, 10) == 0) {
      System.gc();
      sizes.add(Pointer.physicalBytes());
    }
  }

  long steps() {
    return steps;
  }

  long bytes() {
    int quarter = sizes.size() / 4;
    long before = Collections.min(sizes.subList(0, quarter));
    long after = Collections.min(sizes.subList(sizes.size() - quarter, sizes.size()));
    System.out.printf(
        "%s: %d MB after warming up, %d MB at the end%n", run, before / MEGABYTE, after / MEGABYTE);
    return after - before;
  }
}
