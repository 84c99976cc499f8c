package dev.splitreason.server.metric;

import dev.splitreason.files.jsonl.Json;
import dev.splitreason.server.access.KeyFilter;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line of JSON for each request, in a file. It has no query, no body and no key. */
public final class AccessLog implements Filter, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private final OutputStream file;

  /**
   * A request and its reply.
   *
   * @param time when it came, in ISO 8601
   * @param client its address
   * @param caller the name that the settings have for its key
   * @param milliseconds to the end of the reply
   */
  private record Line(
      String time,
      String client,
      String caller,
      String method,
      String path,
      int status,
      long bytes,
      double milliseconds) {}

  /**
   * A log that is added to.
   *
   * @throws IOException if the file cannot be written
   */
  public AccessLog(Path file) throws IOException {
    this.file = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Instant came = Instant.now();
    long began = System.nanoTime();
    try {
      chain.proceed();
    } finally {
      write(
          new Line(
              came.toString(),
              request.remotePeer().host(),
              KeyFilter.caller(request).name(),
              request.prologue().method().text(),
              request.path().path(),
              response.status().code(),
              response.bytesWritten(),
              Math.rint((System.nanoTime() - began) / 1e3) / 1e3));
    }
  }

  private synchronized void write(Line line) {
    byte[] json = Json.line(line);
    byte[] whole = new byte[json.length + 1];
    System.arraycopy(json, 0, whole, 0, json.length);
    whole[json.length] = '\n';
    try {
      file.write(whole);
    } catch (IOException e) {
      LOG.warn("the access log cannot be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
