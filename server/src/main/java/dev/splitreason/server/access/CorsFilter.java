package dev.splitreason.server.access;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/** Lets pages of some other origins ask (Fetch standard, CORS protocol). */
public final class CorsFilter implements Filter {

  private static final String ANY = "*";
  private static final String A_DAY = "86400";

  private final List<String> origins;

  /** A filter for these origins; {@code *} for all, none for no page but the server's own. */
  public CorsFilter(List<String> origins) {
    this.origins = origins;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
    if (origin.isEmpty() || !(origins.contains(origin) || origins.contains(ANY))) {
      chain.proceed();
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.header(HeaderNames.VARY, "Origin");
    boolean asksFirst =
        request.prologue().method().equals(Method.OPTIONS)
            && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (asksFirst) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
      response.header(
          HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
          "Authorization, Content-Type, x-api-key, anthropic-version");
      response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, A_DAY);
      response.status(Status.NO_CONTENT_204).send();
    } else {
      chain.proceed();
    }
  }
}
