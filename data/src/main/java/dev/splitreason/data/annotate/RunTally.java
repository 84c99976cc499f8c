package dev.splitreason.data.annotate;

import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.store.AnnotatedTrace;
import dev.splitreason.data.store.Status;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what the threads of a run do, and whether they are to go on. Thread-safe. */
final class RunTally {

  private final long resumed;
  private final Consumer<AnnotationProgress> listener;
  private final Map<Status, Long> byStatus = new EnumMap<>(Status.class);
  private final Map<Status, String> examples = new EnumMap<>(Status.class);
  private Cost cost = Cost.NONE;
  private @Nullable String stoppedBecause;
  private @Nullable Exception broken;

  RunTally(long resumed, Consumer<AnnotationProgress> listener) {
    this.resumed = resumed;
    this.listener = listener;
    listener.accept(new AnnotationProgress(resumed, 0, 0, 0, 0));
  }

  synchronized void add(AnnotatedTrace row, Cost more) {
    Status status = row.status();
    byStatus.merge(status, 1L, Long::sum);
    if (row.detail() != null) {
      examples.putIfAbsent(status, row.id() + ": " + row.detail());
    }
    cost = cost.plus(more.promptTokens(), more.completionTokens(), more.money());
    long annotated = byStatus.getOrDefault(Status.ANNOTATED, 0L);
    long failed = byStatus.getOrDefault(Status.FAILED, 0L);
    long all = byStatus.values().stream().mapToLong(Long::longValue).sum();
    listener.accept(
        new AnnotationProgress(
            resumed + all - failed, annotated, all - annotated - failed, failed, cost.money()));
  }

  /** Ends the run cleanly: what is under way is finished, nothing more is begun. */
  synchronized void stop(String because) {
    stoppedBecause = stoppedBecause == null ? because : stoppedBecause;
  }

  /** Ends the run because something on this machine failed. */
  synchronized void broken(Exception failure) {
    broken = broken == null ? failure : broken;
  }

  synchronized boolean isStopped() {
    return stoppedBecause != null || broken != null;
  }

  synchronized void throwIfBroken() throws IOException {
    switch (broken) {
      case null -> {}
      case IOException failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Exception failure -> throw DataException.of("the run broke", failure);
    }
  }

  synchronized AnnotateSummary summary(
      long rows, @Nullable Double share, long outdated, long skipped) {
    return new AnnotateSummary(
        rows,
        share,
        Map.copyOf(byStatus),
        Map.copyOf(examples),
        resumed - outdated,
        outdated,
        skipped,
        cost,
        stoppedBecause);
  }
}
