package dev.splitreason.engine.openai;

import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.model.ModelException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A completion as it is streamed. Closing it before its end makes the server stop. */
final class CompletionStream implements AutoCloseable {

  /** How far the reading side may be ahead, in parts: the connection holds up the rest. */
  private static final int AHEAD = 1024;

  /**
   * What the reading side hands over.
   *
   * @param part null at the end
   */
  private record Message(@Nullable CompletionChunk part) {}

  private static final Message END = new Message(null);

  private final BlockingQueue<Message> messages;
  private final Exchange<Boolean> exchange;
  private final ServerClient client;
  private final Duration silence;
  private final JoinedCharacters characters = new JoinedCharacters();

  private CompletionStream(
      BlockingQueue<Message> messages, Exchange<Boolean> exchange, ServerClient client) {
    this.messages = messages;
    this.exchange = exchange;
    this.client = client;
    this.silence = client.timeout();
  }

  /** Sends a request. */
  static CompletionStream open(ServerClient client, CompletionCreateParams request) {
    BlockingQueue<Message> messages = new ArrayBlockingQueue<>(AHEAD);
    Exchange<Boolean> exchange =
        Exchange.start(
            "reads a stream",
            () -> client.stream(request, part -> put(messages, new Message(part))),
            () -> messages.offer(END));
    return new CompletionStream(messages, exchange, client);
  }

  /**
   * The next part, waited for.
   *
   * @return with a reason to finish where the server said that the answer ends; its last part
   *     otherwise has none, and {@link #next} is not to be called again
   * @throws ModelException if the server fails, is silent for too long, or the connection ends
   *     before the completion; what it sends to keep the connection alive breaks no silence
   */
  CompletionChunk next() throws InterruptedException {
    Message message = messages.poll();
    long since = System.nanoTime();
    while (message == null) {
      if (exchange.isDone()) {
        // The end found no room in a full queue, or comes this moment.
        message = messages.isEmpty() ? END : messages.take();
        break;
      }
      if (System.nanoTime() - since > silence.toNanos()) {
        exchange.cancel();
        throw client.errors().silent();
      }
      message = messages.poll(Math.min(silence.toMillis(), 50), TimeUnit.MILLISECONDS);
    }
    if (message.part() != null) {
      return characters.complete(message.part());
    }
    if (exchange.await()) {
      return characters.complete(
          new CompletionChunk(
              "", CompletionChunk.NONE, CompletionChunk.UNCOUNTED, CompletionChunk.STOP));
    }
    throw new ModelException(
        ModelException.Kind.UNAVAILABLE,
        client.name() + " ended the stream in the middle of its answer");
  }

  Exchange<Boolean> exchange() {
    return exchange;
  }

  @Override
  public void close() {
    exchange.cancel();
  }

  private static void put(BlockingQueue<Message> messages, Message message) {
    try {
      messages.put(message);
    } catch (InterruptedException e) {
      // The stream is closed: whatever reads it for us ends with the connection.
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "the stream is closed", e);
    }
  }
}
