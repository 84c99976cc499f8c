package dev.splitreason.server.access;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.limit.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets requests on that have a key, and those that need none. */
public final class KeyFilter implements Filter {

  private static final String BEARER = "Bearer ";
  private static final HeaderName ANTHROPIC_KEY = HeaderNames.create("x-api-key");

  private final ApiKeys keys;
  private final Predicate<ServerRequest> open;
  private final BiFunction<String, Refusal, ?> errors;

  /**
   * A filter.
   *
   * @param open which requests need no key
   * @param errors gives the document of an error for whoever asks at a path
   */
  public KeyFilter(
      ApiKeys keys, Predicate<ServerRequest> open, BiFunction<String, Refusal, ?> errors) {
    this.keys = keys;
    this.open = open;
    this.errors = errors;
  }

  /** Who has sent a request that was let on. */
  public static Caller caller(ServerRequest request) {
    return request.context().get(Caller.class).orElse(Caller.ANYBODY);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String path = request.path().path();
    if (!keys.areOff() && !open.test(request)) {
      String key = key(request);
      Caller caller = key == null ? null : keys.find(key);
      if (caller == null) {
        response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        var refusal =
            new Refusal(
                Refusal.Kind.UNAUTHORIZED,
                key == null
                    ? "this server wants an API key: Authorization: Bearer KEY"
                    : "the API key is not known here");
        Reply.refusal(response, refusal, errors.apply(path, refusal));
        return;
      }
      request.context().register(caller);
    }
    chain.proceed();
  }

  private static @Nullable String key(ServerRequest request) {
    Optional<String> authorization = request.headers().first(HeaderNames.AUTHORIZATION);
    if (authorization.isPresent()
        && authorization.get().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.get().substring(BEARER.length()).strip();
    }
    return request.headers().first(ANTHROPIC_KEY).orElse(null);
  }
}
