package dev.splitreason.server.http;

import io.helidon.common.buffers.DataReader;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sees that a client goes away while its request is answered, when nobody reads from it: the next
 * bytes of its connection are awaited beside, and whoever reads next gets them. The end of what a
 * client sends is taken for its end.
 */
public final class ClientWatch {

  private static final ScopedValue<ClientWatch> CURRENT = ScopedValue.newInstance();

  private final DataReader source;
  private final DataReader reader = DataReader.create(this::next);
  private @Nullable CompletableFuture<byte @Nullable []> ahead;
  private @Nullable Thread answering;

  ClientWatch(DataReader source) {
    this.source = source;
  }

  /** A request that is answered, until this is closed. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on, the calling thread is interrupted when the client of its connection goes away. */
  static Watch interrupting() {
    return CURRENT.isBound() ? CURRENT.get().begin(Thread.currentThread()) : () -> {};
  }

  /** Runs a connection whose requests are to be watched. */
  void during(ScopedValue.CallableOp<Boolean, InterruptedException> connection)
      throws InterruptedException {
    boolean _ = ScopedValue.where(CURRENT, this).call(connection);
  }

  /** By which the connection is to be read. */
  DataReader reader() {
    return reader;
  }

  private synchronized Watch begin(Thread thread) {
    answering = thread;
    CompletableFuture<byte @Nullable []> waiting = ahead;
    if (waiting == null) {
      ahead = readAhead();
    } else if (waiting.isDone() && waiting.join() == null) {
      thread.interrupt();
    }
    return this::end;
  }

  private synchronized void end() {
    answering = null;
  }

  private CompletableFuture<byte @Nullable []> readAhead() {
    CompletableFuture<byte @Nullable []> bytes = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("watches a client")
        .start(
            () -> {
              byte[] read = read();
              bytes.complete(read);
              if (read == null) {
                gone();
              }
            });
    return bytes;
  }

  private synchronized void gone() {
    Thread thread = answering;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private byte @Nullable [] next() {
    CompletableFuture<byte @Nullable []> waiting;
    synchronized (this) {
      waiting = ahead;
      ahead = null;
    }
    byte @Nullable [] bytes = waiting == null ? read() : waiting.join();
    watchOn(bytes);
    return bytes;
  }

  /** A request's body may come after its head: who sent it is watched on. */
  private synchronized void watchOn(byte @Nullable [] bytes) {
    if (answering != null && bytes != null) {
      ahead = readAhead();
    }
  }

  private byte @Nullable [] read() {
    try {
      source.ensureAvailable();
      return source.readBytes(source.available());
    } catch (RuntimeException e) {
      return null; // closed by either side
    }
  }
}
