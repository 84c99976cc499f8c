package dev.splitreason.pairs.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a stream that nothing comes from for too long: a reader of it would wait for ever. */
final class Silence implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Thread watch;
  private volatile long heard = System.nanoTime();

  private Silence(InputStream stream) {
    this.watch =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    while (System.nanoTime() - heard < LONGEST.toNanos()) {
                      Thread.sleep(Duration.ofSeconds(1));
                    }
                    stream.close();
                  } catch (InterruptedException | IOException e) {
                    // It ended by itself.
                  }
                });
  }

  static Silence endedBy(InputStream stream) {
    Silence silence = new Silence(stream);
    silence.watch.start();
    return silence;
  }

  /** Something came. */
  void broken() {
    heard = System.nanoTime();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
