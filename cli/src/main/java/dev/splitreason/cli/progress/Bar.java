package dev.splitreason.cli.progress;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time that is left, redrawn in place. */
final class Bar implements Progress {

  private static final int REDRAWN_EVERY_MILLIS = 250;

  private final PrintStream terminal =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  private final ProgressBar bar;

  Bar(String task, long total, long finished) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(finished, Duration.ZERO)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(REDRAWN_EVERY_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
  }

  @Override
  public void tell(long finished, String how) {
    bar.stepTo(finished);
    bar.setExtraMessage(" " + how);
  }

  @Override
  public void close() {
    bar.close();
  }
}
