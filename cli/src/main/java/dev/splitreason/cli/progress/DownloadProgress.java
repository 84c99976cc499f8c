package dev.splitreason.cli.progress;

import dev.splitreason.pairs.hub.HubProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows downloads, one after another: a bar on a terminal, lines in a log. */
public final class DownloadProgress implements HubProgress {

  private static final long MEGABYTE = 1_000_000;

  private final PrintWriter stderr;
  private @Nullable Progress shown;
  private String what = "";
  private long told;

  public DownloadProgress(PrintWriter stderr) {
    this.stderr = stderr;
  }

  @Override
  public void begins(String what, long bytes, long there) {
    this.what = what;
    told = inMegabytes(there);
    if (bytes > there) {
      shown = Progress.towards("fetch", "MB", inMegabytes(bytes), inMegabytes(there), stderr);
    }
  }

  @Override
  public void has(long bytes) {
    long megabytes = inMegabytes(bytes);
    if (shown != null && megabytes != told) {
      shown.tell(megabytes, what);
      told = megabytes;
    }
  }

  @Override
  public void ends() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }

  private static long inMegabytes(long bytes) {
    return Math.ceilDiv(bytes, MEGABYTE);
  }
}
