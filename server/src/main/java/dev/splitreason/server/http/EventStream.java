package dev.splitreason.server.http;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.server.error.Refusal;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is streamed, as server-sent events or as lines. It begins with its first event:
 * until then an error can still be told by its status. Thread-safe; each event is written as a
 * whole, and flushed. Every method throws {@link ClientGoneException} when nobody reads any more.
 */
public final class EventStream {

  private final ServerResponse response;
  private final String type;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OutputStream out;

  private EventStream(ServerResponse response, String type) {
    this.response = response;
    this.type = type;
  }

  /** Server-sent events (HTML standard, section 9.2). */
  public static EventStream ofEvents(ServerResponse response) {
    return new EventStream(response, "text/event-stream; charset=utf-8");
  }

  /** A JSON document a line. */
  public static EventStream ofLines(ServerResponse response) {
    return new EventStream(response, "application/x-ndjson");
  }

  /** What writes the events. */
  @FunctionalInterface
  public interface Answering {
    /** Writes all of them. */
    void run() throws InterruptedException;
  }

  /**
   * Writes all events, and ends.
   *
   * @param late tells a failure by an event where its status cannot be told any more
   * @throws RuntimeException if it fails before anything was written
   */
  public void answering(Answering answering, BiConsumer<EventStream, Refusal> late)
      throws InterruptedException {
    try {
      answering.run();
    } catch (ClientGoneException e) {
      throw e;
    } catch (RuntimeException e) {
      if (out == null) {
        throw e;
      }
      late.accept(this, Guarded.refusal(e));
    }
    close();
  }

  /** A server-sent event that has data only. */
  public void data(Object document) {
    write("data: ", Json.line(document), "\n\n");
  }

  /** A server-sent event with its name. */
  public void event(String name, Object document) {
    write("event: " + name + "\ndata: ", Json.line(document), "\n\n");
  }

  /** A server-sent event with a word instead of a document. */
  public void word(String word) {
    write("data: ", word.getBytes(StandardCharsets.UTF_8), "\n\n");
  }

  /** A line. */
  public void line(Object document) {
    write("", Json.line(document), "\n");
  }

  private void write(String before, byte[] document, String after) {
    var whole = new ByteArrayOutputStream(before.length() + document.length + after.length());
    whole.writeBytes(before.getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(document);
    whole.writeBytes(after.getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      OutputStream stream = out == null ? begin() : out;
      whole.writeTo(stream);
      stream.flush();
    } catch (IOException | RuntimeException e) {
      // Helidon wraps what a socket throws in exceptions of several kinds.
      throw new ClientGoneException(e);
    } finally {
      lock.unlock();
    }
  }

  private OutputStream begin() {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    // Proxies that know it do not hold events back.
    response.header("X-Accel-Buffering", "no");
    OutputStream stream = response.outputStream();
    out = stream;
    return stream;
  }

  private void close() {
    OutputStream stream = out;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException | RuntimeException e) {
        throw new ClientGoneException(e);
      }
    }
  }
}
