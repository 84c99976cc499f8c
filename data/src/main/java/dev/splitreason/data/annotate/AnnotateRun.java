package dev.splitreason.data.annotate;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.store.AnnotatedTrace;
import dev.splitreason.data.store.Dataset;
import dev.splitreason.data.store.Journal;
import dev.splitreason.data.store.RunSettings;
import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TagWrapper;
import dev.splitreason.files.jsonl.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Annotates a data set, several traces at a time. Finished traces go to a journal beside the
 * output, {@code OUTPUT.journal}: a run that was stopped in any way and is started again goes on
 * where it was, and its output equals that of a run that was not. Beside a pipe or device there is
 * no place for a journal: what goes there begins anew each time.
 */
public final class AnnotateRun {

  private final Annotator annotator;
  private final Provenance provenance;
  private final TagSpelling tags;
  private final TagWrapper wrapper;
  private final int concurrency;

  /**
   * @param tags wrapped around spans
   * @param concurrency traces under way at once, at least 1
   */
  public AnnotateRun(Annotator annotator, TagSpelling tags, int concurrency) {
    if (concurrency < 1) {
      throw new UserMistake("concurrency must be at least 1, not " + concurrency);
    }
    this.annotator = annotator;
    provenance = annotator.provenance();
    this.tags = tags;
    wrapper = new TagWrapper(tags);
    this.concurrency = concurrency;
  }

  /** Where the journal of an output is, or null beside a pipe or device. */
  public static @Nullable Path journalOf(Path output) {
    return Destination.isStream(output)
        ? null
        : output.resolveSibling(output.getFileName() + ".journal");
  }

  /**
   * Annotates what is not yet in the journal, then writes the output (Parquet or JSONL).
   *
   * <p>To resume with another source, or with other options of it or of the annotator, is refused.
   *
   * @param listener is told at the beginning and after each trace, one at a time
   * @throws UserMistake if the output's name does not tell its format, or the output is a file of
   *     the source
   * @throws DataException if something cannot be read or written; the journal keeps what was done
   */
  public AnnotateSummary run(TraceSource source, Path output, Consumer<AnnotationProgress> listener)
      throws InterruptedException {
    Dataset.requireKnownFormat(output);
    requireApart(source, output);
    Path kept = journalOf(output);
    if (kept != null) {
      return run(source, kept, output, listener);
    }
    try {
      Path folder = Files.createTempDirectory("splitreason-journal");
      try {
        return run(source, folder.resolve("journal"), output, listener);
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw DataException.of("the run broke off", e);
    }
  }

  private AnnotateSummary run(
      TraceSource source, Path journalFile, Path output, Consumer<AnnotationProgress> listener)
      throws InterruptedException {
    try (Journal journal = Journal.open(journalFile, settings(source))) {
      var tally = new RunTally(journal.finished(), listener);
      Set<Long> seen = annotateAll(source, journal, tally);
      journal.force();
      // A source that was not read to its end may still have every row.
      LongPredicate wanted = row -> tally.isStopped() || seen.contains(row);
      SpanRanking ranking = annotator.ranking();
      SpanRanking.Choice choice = ranking == null ? null : ranking.choose(journalFile, wanted);
      long rows =
          Dataset.write(
              journalFile,
              wanted,
              choice == null ? null : row -> choice.apply(row, wrapper),
              output);
      Double share = choice == null ? null : choice.share();
      return tally.summary(rows, share, journal.outdated(), source.skipped());
    } catch (IOException e) {
      throw DataException.of("the run broke off", e);
    }
  }

  private RunSettings settings(TraceSource source) {
    SequencedMap<String, String> all = new LinkedHashMap<>(provenance.settings());
    all.putAll(source.settings());
    if (annotator.ranking() == null) {
      // What is ranked is tagged when it is written.
      all.put("the tags", tags.open() + " " + tags.close());
    }
    return new RunSettings(provenance.annotator(), all);
  }

  private static void requireApart(TraceSource source, Path output) {
    try {
      Destination.requireApart("--output", output, source.files());
    } catch (IOException e) {
      throw DataException.of("cannot read what is to be annotated", e);
    }
  }

  /** Annotates what is not finished, and returns the rows of the source that it came to. */
  private Set<Long> annotateAll(TraceSource source, Journal journal, RunTally tally)
      throws InterruptedException, IOException {
    Set<Long> seen = new HashSet<>();
    try (var traces = new InFlight(concurrency)) {
      for (SourceTrace trace = source.next();
          trace != null && !tally.isStopped();
          trace = source.next()) {
        seen.add(trace.row());
        if (!journal.isFinished(trace)) {
          SourceTrace next = trace;
          traces.start(() -> annotateOne(next, journal, tally));
        }
      }
      traces.await();
    }
    tally.throwIfBroken();
    return seen;
  }

  private void annotateOne(SourceTrace trace, Journal journal, RunTally tally) {
    if (tally.isStopped()) {
      return;
    }
    try {
      Annotation annotation = annotator.annotate(trace);
      AnnotatedTrace row = row(trace, annotation);
      journal.append(row);
      tally.add(row, annotation.cost());
    } catch (StopRunException e) {
      tally.stop(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      tally.broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AnnotatedTrace row(SourceTrace trace, Annotation annotation) {
    return switch (annotation) {
      case Annotation.Found(var spans, var unmatched, var cost) ->
          row(trace, spans, unmatched, Status.ANNOTATED, null, cost);
      case Annotation.Rejected(var status, var detail, var unmatched, var cost) ->
          row(trace, List.of(), unmatched, status, detail, cost);
    };
  }

  private AnnotatedTrace row(
      SourceTrace trace,
      List<ScoredSpan> spans,
      List<String> unmatched,
      Status status,
      @Nullable String detail,
      Annotation.Cost cost) {
    return new AnnotatedTrace(
        trace.row(),
        trace.id(),
        trace.problem(),
        trace.answer(),
        trace.text(),
        wrapper.wrap(trace.text(), spans.stream().map(ScoredSpan::span).toList()),
        spans,
        unmatched,
        status,
        detail,
        provenance.annotator(),
        provenance.model(),
        provenance.promptVersion(),
        cost.promptTokens(),
        cost.completionTokens(),
        cost.money());
  }
}
