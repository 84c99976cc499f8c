package dev.splitreason.server.work;

import dev.splitreason.core.split.Pair;
import dev.splitreason.core.trace.Author;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Notes when the models of one answer work. Thread-safe: they work at the same time. */
public final class WorkLog {

  /** More are joined over longer breaks: beyond what any picture shows, and any client wants. */
  static final int MOST = 4096;

  private static final double SHORTEST_BREAK = 2e-4;

  /** From such breaks on, work of different kinds is joined, too, and counts as the first kind. */
  private static final double MIXING_BREAK = 0.1;

  private final List<Work> works = new ArrayList<>();
  private long began = System.nanoTime();

  /** The answer begins now. */
  public synchronized void begin() {
    began = System.nanoTime();
  }

  /** The same pair, whose models' work is noted here. */
  public Pair watching(Pair pair) {
    var small = new WatchedModel(pair.small(), Author.SMALL, this);
    var base = pair.base() == null ? null : new WatchedModel(pair.base(), Author.SMALL, this);
    var large = new WatchedModel(pair.large(), Author.LARGE, this);
    return new Pair(small, pair.smallTemplate(), large, pair.largeTemplate(), base, pair.spans());
  }

  /** Notes work that ends now. */
  synchronized void note(Author author, Work.Kind kind, long start) {
    works.add(new Work(author, kind, (start - began) / 1e9, (System.nanoTime() - began) / 1e9));
  }

  /** All work, by its beginning; work of a kind without a break is one. */
  public synchronized List<Work> works() {
    double longest = SHORTEST_BREAK;
    List<Work> joined = joined(works, longest);
    while (joined.size() > MOST) {
      longest *= 2;
      joined = joined(joined, longest);
    }
    return joined;
  }

  private static List<Work> joined(List<Work> works, double longestBreak) {
    List<Work> all = new ArrayList<>();
    for (Author author : Author.values()) {
      int first = all.size();
      works.stream()
          .filter(work -> work.author() == author)
          .sorted(Comparator.comparingDouble(Work::start))
          .forEach(work -> add(all, first, work, longestBreak));
    }
    all.sort(Comparator.comparingDouble(Work::start));
    return List.copyOf(all);
  }

  private static void add(List<Work> all, int first, Work work, double longestBreak) {
    Work last = all.size() > first ? all.getLast() : null;
    boolean alike = last != null && (last.kind() == work.kind() || longestBreak > MIXING_BREAK);
    if (last != null && alike && work.start() <= last.end() + longestBreak) {
      double end = Math.max(last.end(), work.end());
      all.set(all.size() - 1, new Work(last.author(), last.kind(), last.start(), end));
    } else {
      all.add(work);
    }
  }
}
