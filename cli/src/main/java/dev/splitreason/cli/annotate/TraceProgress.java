package dev.splitreason.cli.annotate;

import dev.splitreason.cli.progress.Progress;
import dev.splitreason.data.annotate.AnnotationProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows how far an annotation run is: done, failed, cost, time left. */
public final class TraceProgress implements Consumer<AnnotationProgress>, AutoCloseable {

  private final long total;
  private final PrintWriter stderr;
  private @Nullable Progress shown;

  /**
   * Progress through a source.
   *
   * @param total traces that it has
   */
  public TraceProgress(long total, PrintWriter stderr) {
    this.total = total;
    this.stderr = stderr;
  }

  @Override
  public void accept(AnnotationProgress now) {
    if (shown == null) {
      shown = Progress.towards("annotate", "traces", total, now.finished(), stderr);
      return;
    }
    shown.tell(
        now.finished() + now.failed(),
        String.format(
            Locale.ROOT,
            "%d annotated, %d rejected, %d failed; cost %.4f",
            now.annotated(),
            now.rejected(),
            now.failed(),
            now.cost()));
  }

  @Override
  public void close() {
    if (shown != null) {
      shown.close();
    }
  }
}
