package dev.splitreason.cli.annotate;

import dev.splitreason.data.annotate.Annotator;
import dev.splitreason.data.llm.SnippetSource;
import dev.splitreason.pairs.open.OpenPair;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An annotator that is ready, and what is to be closed with it.
 *
 * @param annotator marks traces
 * @param models that it computes with, or null for none
 * @param asked whom it asks, or null if nobody
 */
record OpenAnnotator(Annotator annotator, @Nullable OpenPair models, @Nullable SnippetSource asked)
    implements AutoCloseable {

  /** An annotator that needs nothing else. */
  static OpenAnnotator of(Annotator annotator) {
    return new OpenAnnotator(annotator, null, null);
  }

  /** Requests of this run that may have been paid for twice. */
  long askedAgain() {
    return asked == null ? 0 : asked.askedAgain();
  }

  @Override
  public void close() throws IOException {
    annotator.close();
    if (models != null) {
      models.close();
    }
  }
}
