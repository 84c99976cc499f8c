package dev.splitreason.cli.ask;

import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;

/** The answer as an {@link AnswerDocument}. */
final class JsonView implements AnswerView {

  private final Stdout out;

  JsonView(Stdout out) {
    this.out = out;
  }

  @Override
  public void onText(Author author, String text) {
    // The document is written in one piece, when the answer is complete.
  }

  @Override
  public void show(Trace trace) {
    out.json(AnswerDocument.of(trace));
  }

  @Override
  public void close() {
    // An answer that failed has no document, only its error line.
  }
}
