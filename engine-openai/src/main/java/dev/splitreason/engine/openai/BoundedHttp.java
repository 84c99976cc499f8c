package dev.splitreason.engine.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * HTTP as a server may use it on us: what it sends is counted after unpacking, a pause that it asks
 * for is kept within bounds, and no key is sent where there is none.
 */
final class BoundedHttp implements HttpClient {

  /**
   * The longest body that is read whole, in bytes. The probabilities of the 20 likeliest tokens of
   * 30 thousand positions are half of it.
   */
  static final long LONGEST_BODY = 64L << 20;

  /** The longest pause that a server may ask for before a request is tried again. */
  private static final long LONGEST_PAUSE_SECONDS = 30;

  private static final String AUTHORIZATION = "Authorization";
  private static final String RETRY_AFTER = "Retry-After";

  private final HttpClient http;
  private final boolean authorized;

  /**
   * Bounds another client.
   *
   * @param authorized whether requests carry the key that they were given
   */
  BoundedHttp(HttpClient http, boolean authorized) {
    this.http = http;
    this.authorized = authorized;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    return new Bounded(http.execute(sent(request), options));
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return http.executeAsync(sent(request), options).thenApply(Bounded::new);
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest sent(HttpRequest request) {
    return authorized ? request : request.toBuilder().removeHeaders(AUTHORIZATION).build();
  }

  /** A response of which no more than the longest body is read at once. */
  private record Bounded(HttpResponse response) implements HttpResponse {

    @Override
    public int statusCode() {
      return response.statusCode();
    }

    @Override
    public Headers headers() {
      List<String> pauses = response.headers().values(RETRY_AFTER);
      return pauses.stream().allMatch(Bounded::isShort)
          ? response.headers()
          : response.headers().toBuilder().remove(RETRY_AFTER).build();
    }

    private static boolean isShort(String pause) {
      try {
        return Double.parseDouble(pause) <= LONGEST_PAUSE_SECONDS;
      } catch (NumberFormatException e) {
        // A date: the client's own pauses do as well.
        return false;
      }
    }

    @Override
    public InputStream body() {
      return isStream() ? response.body() : new CountedBody(response.body());
    }

    /** A stream goes on for as long as something comes; its reader bounds each event. */
    private boolean isStream() {
      return response.statusCode() == 200
          && response.headers().values("Content-Type").stream()
              .anyMatch(type -> type.startsWith("text/event-stream"));
    }

    @Override
    public void close() {
      response.close();
    }
  }

  /** A body that ends with an error where it is longer than may be read. */
  private static final class CountedBody extends FilterInputStream {

    private long read;

    CountedBody(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) throws IOException {
      read += more;
      if (read > LONGEST_BODY) {
        throw new TooLongException("its answer is longer than " + (LONGEST_BODY >> 20) + " MB");
      }
    }
  }

  /** A server sent more than is read of one answer. */
  static final class TooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLongException(String message) {
      super(message);
    }
  }
}
