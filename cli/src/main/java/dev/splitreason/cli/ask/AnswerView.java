package dev.splitreason.cli.ask;

import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;

/** How an answer reaches its reader: as it grows, and when it is complete. */
sealed interface AnswerView extends TraceListener, AutoCloseable permits LiveView, JsonView {

  /** Shows the finished, cut or cancelled answer. */
  void show(Trace trace);

  /** Leaves what was shown in order, also when the answer failed in the middle. */
  @Override
  void close();
}
