package dev.splitreason.server.http;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.limit.Intake;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A route whose errors are told in its protocol's shape. */
public final class Guarded implements Handler {

  private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

  private final Intake intake;
  private final Consumer<Refusal> observer;
  private final Route route;
  private final Function<Refusal, ?> shape;

  /** What a route does. */
  @FunctionalInterface
  public interface Route {
    /** Answers a request. */
    void handle(ServerRequest request, ServerResponse response) throws InterruptedException;
  }

  /**
   * A guarded route.
   *
   * @param intake counts the requests
   * @param observer is told of errors
   * @param shape the document that tells an error
   */
  public Guarded(
      Intake intake, Consumer<Refusal> observer, Function<Refusal, ?> shape, Route route) {
    this.intake = intake;
    this.observer = observer;
    this.route = route;
    this.shape = shape;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    try (Intake.Visit _ = intake.enter();
        ClientWatch.Watch _ = ClientWatch.interrupting()) {
      route.handle(request, response);
    } catch (ClientGoneException | RequestException e) {
      // A request that is no HTTP: Helidon refuses it, and closes the connection.
      throw e;
    } catch (InterruptedException e) {
      throw new ClientGoneException(e);
    } catch (RuntimeException e) {
      if (response.isSent()) {
        throw new ClientGoneException(e); // while the reply was written
      }
      Refusal refusal = refusal(e);
      observer.accept(refusal);
      Reply.refusal(response, refusal, shape.apply(refusal));
    }
  }

  /** What the client is told; the log is told what only whoever runs the server can mend. */
  public static Refusal refusal(Throwable error) {
    Refusal refusal = error instanceof HttpException http ? ofHttp(http) : Refusal.of(error);
    if (refusal.kind() == Refusal.Kind.INTERNAL) {
      LOG.error("a request failed", error);
    }
    return refusal;
  }

  /** What Helidon has found out while the body was read. */
  private static Refusal ofHttp(HttpException error) {
    int status = error.status().code();
    if (status == Refusal.Kind.TOO_LARGE.status()) {
      return new Refusal(Refusal.Kind.TOO_LARGE, "the body is larger than this server takes");
    }
    return status < 500
        ? new Refusal(Refusal.Kind.INVALID, String.valueOf(error.getMessage()))
        : Refusal.of(error);
  }
}
