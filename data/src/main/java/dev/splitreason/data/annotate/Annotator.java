package dev.splitreason.data.annotate;

import dev.splitreason.data.source.SourceTrace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells which parts of a trace are hard. Thread-safe: several traces are annotated at once. */
public sealed interface Annotator extends AutoCloseable
    permits LlmAnnotator, DivergenceAnnotator, ReplayAnnotator, TagsAnnotator {

  /** Which annotator this is, for a row's provenance. */
  Provenance provenance();

  /**
   * Annotates one trace; what goes wrong with this trace alone is an {@link Annotation.Rejected}.
   *
   * @throws StopRunException if no further trace can or may be annotated
   * @throws IOException if something on disk cannot be read or written
   */
  Annotation annotate(SourceTrace trace) throws StopRunException, IOException, InterruptedException;

  /** How the spans of all traces are chosen from, or null where each trace's stay as they are. */
  default @Nullable SpanRanking ranking() {
    return null;
  }

  @Override
  void close() throws IOException;
}
