package dev.splitreason.engine.openai;

import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.model.ModelException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A completion as it is streamed. Closing it before its end makes the server stop. */
final class CompletionStream implements AutoCloseable {

  /** What the reading side hands over. */
  private record Message(@Nullable Part part, boolean end) {}

  private final BlockingQueue<Message> messages;
  private final Exchange<Boolean> exchange;
  private final String server;
  private boolean begun;

  private CompletionStream(
      BlockingQueue<Message> messages, Exchange<Boolean> exchange, String server) {
    this.messages = messages;
    this.exchange = exchange;
    this.server = server;
  }

  /** Sends a request. */
  static CompletionStream open(ServerClient client, CompletionCreateParams request) {
    BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    Exchange<Boolean> exchange =
        Exchange.start(
            "reads a stream",
            () -> {
              client.stream(request, choice -> messages.add(new Message(Part.of(choice), false)));
              return true;
            },
            () -> messages.add(new Message(null, true)));
    return new CompletionStream(messages, exchange, client.name());
  }

  /**
   * The next part, waited for.
   *
   * @throws ModelException if the server fails, or ends the stream before the completion
   */
  Part next() throws InterruptedException {
    Message message = messages.take();
    Part part = message.part();
    if (part != null) {
      begun = true;
      return part;
    }
    exchange.await();
    throw new ModelException(
        ModelException.Kind.UNAVAILABLE,
        begun
            ? server + " ended the stream in the middle of its answer"
            : server
                + " answered something else than a completion: is the URL that of the API,"
                + " up to /v1?");
  }

  Exchange<Boolean> exchange() {
    return exchange;
  }

  @Override
  public void close() {
    exchange.cancel();
  }
}
