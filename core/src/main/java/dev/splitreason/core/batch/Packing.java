package dev.splitreason.core.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs a batch: the token of every decode first, then as much of the prefills and scores as fits
 * beside them (chunked prefill, arXiv 2308.16369).
 */
final class Packing {

  private final List<Slice> slices = new ArrayList<>();
  private int room;
  private int outputs;

  private Packing(BatchLimits limits) {
    this.room = limits.tokens();
    this.outputs = limits.outputs();
  }

  /** The next batch of works, all of which have tokens to evaluate; earlier ones go first. */
  static List<Slice> next(List<Work> works, BatchLimits limits) {
    return next(works, limits, works.size());
  }

  /**
   * The same with so many decodes at most.
   *
   * @param decodes at least 1
   */
  static List<Slice> next(List<Work> works, BatchLimits limits, int decodes) {
    Packing packing = new Packing(limits);
    works.stream().filter(Packing::decodesNow).limit(decodes).forEach(packing::add);
    if (!packing.slices.isEmpty()) {
      packing.room = Math.min(packing.room, limits.besideDecodes());
    }
    works.stream().filter(work -> !decodesNow(work)).forEach(packing::add);
    return packing.slices;
  }

  /** Whether a work needs one token evaluated for the next that it writes. */
  static boolean decodesNow(Work work) {
    return work instanceof Decode && work.target() - work.sequence.evaluated() == 1;
  }

  private void add(Work work) {
    int from = work.sequence.evaluated();
    int count = Math.min(work.target() - from, room);
    int silent = Math.clamp((long) work.logitsFrom() - from, 0, count);
    count = Math.min(count, silent + outputs);
    if (count > 0) {
      slices.add(Slice.next(work, count));
      room -= count;
      outputs -= count - silent;
    }
  }
}
