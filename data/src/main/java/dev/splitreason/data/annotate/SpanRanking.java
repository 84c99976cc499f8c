package dev.splitreason.data.annotate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.store.AnnotatedTrace;
import dev.splitreason.data.store.JournalOrder;
import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TagWrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes of all spans that were found in a data set those that score highest, until they make a
 * share of its text. Over the data set, not trace by trace: easy traces then have no span, and hard
 * ones several, which is what a model is to learn.
 *
 * @param targetShare of the characters of all traces, those without spans included, 0 … 1
 * @param keepEasy whether a trace of which no span is taken stays in the set
 * @param matcher merges spans that nearly touch
 */
public record SpanRanking(double targetShare, boolean keepEasy, SnippetMatcher matcher) {

  public SpanRanking {
    if (!(targetShare > 0 && targetShare <= 1)) {
      throw new UserMistake("the target share must be above 0 and at most 1, not " + targetShare);
    }
  }

  /** A trace's spans. */
  private record Candidates(List<ScoredSpan> spans, int length) {

    /** Characters inside those of at least a score, merged. */
    long marked(double least, int gap) {
      long marked = 0;
      int end = Integer.MIN_VALUE / 2;
      for (ScoredSpan span : spans) {
        if (span.score() < least) {
          continue;
        }
        marked += span.end() - (span.start() - end <= gap ? end : span.start());
        end = span.end();
      }
      return marked;
    }
  }

  /**
   * The spans that are taken.
   *
   * @param least the score that they have at least
   * @param share of the text that they make, 0 … 1
   */
  record Choice(double least, double share, boolean keepEasy, SnippetMatcher matcher) {

    /** A row with these spans alone, or null if it leaves the set. */
    @Nullable AnnotatedTrace apply(AnnotatedTrace row, TagWrapper wrapper) {
      List<ScoredSpan> taken =
          matcher.join(
              row.text(), row.spans().stream().filter(span -> span.score() >= least).toList());
      if (taken.isEmpty() && !keepEasy) {
        return null;
      }
      List<Span> spans = taken.stream().map(ScoredSpan::span).toList();
      return row.withSpans(taken, wrapper.wrap(row.text(), spans));
    }
  }

  /**
   * Ranks the spans of a journal.
   *
   * @param wanted the rows that the source has
   */
  Choice choose(Path journal, LongPredicate wanted) throws IOException {
    List<Candidates> traces = new ArrayList<>();
    JournalOrder.of(journal, wanted, EnumSet.of(Status.ANNOTATED, Status.EMPTY))
        .forEach(row -> traces.add(new Candidates(row.spans(), row.text().length())));
    double[] scores =
        traces.stream()
            .flatMap(trace -> trace.spans().stream())
            .mapToDouble(ScoredSpan::score)
            .distinct()
            .sorted()
            .toArray();
    // The most spans that do not exceed the share: the lower the least score, the more they are.
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (share(traces, scores[middle]) <= targetShare) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    double least = low == scores.length ? Double.POSITIVE_INFINITY : scores[low];
    double next = low == 0 ? least : scores[low - 1];
    boolean nearer = share(traces, next) - targetShare < targetShare - share(traces, least);
    double chosen = nearer ? next : least;
    return new Choice(chosen, share(traces, chosen), keepEasy, matcher);
  }

  private double share(List<Candidates> traces, double least) {
    int gap = matcher.options().mergeGap();
    long all = traces.stream().mapToLong(Candidates::length).sum();
    return all == 0
        ? 0
        : (double) traces.stream().mapToLong(trace -> trace.marked(least, gap)).sum() / all;
  }
}
