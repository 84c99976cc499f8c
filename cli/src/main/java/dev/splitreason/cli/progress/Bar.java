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

  /** Columns that the bar itself keeps, however narrow the terminal is. */
  private static final int BAR = 12;

  private static final String AROUND = " 100% ││ / (0:00:00 / 0:00:00)  ";

  private final PrintStream terminal =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  private final ProgressBar bar;
  private final int room;

  Bar(String task, long total, long finished) {
    var consumer = new ConsoleProgressBarConsumer(terminal);
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(finished, Duration.ZERO)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(REDRAWN_EVERY_MILLIS)
            .setConsumer(consumer)
            .build();
    room = consumer.getMaxRenderedLength() - BAR - figures(task, total);
  }

  @Override
  public void tell(long finished, String how) {
    bar.stepTo(finished);
    bar.setExtraMessage(" " + cut(how, room));
  }

  /** Columns of what stands beside the bar. */
  private static int figures(String task, long total) {
    return task.length() + AROUND.length() + 2 * String.valueOf(total).length();
  }

  /** The beginning of a text, where there is no room for all of it. */
  static String cut(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    return columns < 2 ? "" : text.substring(0, columns - 1) + "…";
  }

  @Override
  public void close() {
    bar.close();
  }
}
