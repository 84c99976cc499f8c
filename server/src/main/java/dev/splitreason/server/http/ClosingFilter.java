package dev.splitreason.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Closes the connection behind a reply where the client asked for it, which Helidon leaves open.
 */
public final class ClosingFilter implements Filter {

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (response.isSent() && request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("the client asked for it");
    }
  }
}
