package dev.splitreason.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP/1.1 over connections that can be {@linkplain ClientWatch watched} while a request is
 * answered.
 */
public final class WatchedHttp implements ServerConnectionSelector {

  private final ServerConnectionSelector http =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var watch = new ClientWatch(context.dataReader());
    return new Watched(http.connection(new WatchedContext(context, watch.reader())), watch);
  }

  /** A connection whose thread finds its watch. */
  private record Watched(ServerConnection connection, ClientWatch watch)
      implements ServerConnection, InterruptableTask<Void> {

    @Override
    public boolean canInterrupt() {
      return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public void handle(Limit requests) throws InterruptedException {
      watch.during(
          () -> {
            connection.handle(requests);
            return true;
          });
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}
