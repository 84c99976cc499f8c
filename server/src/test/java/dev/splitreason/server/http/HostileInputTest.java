package dev.splitreason.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.server.BundledServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no client of good faith sends: each is refused, and the server answers on. */
class HostileInputTest {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
  private static final int WAIT = (int) Duration.ofSeconds(20).toMillis();

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @BeforeAll
  static void start() {
    server = BundledServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void others_are_answered_as_before() {
    assertThat(server.get("/health/live").get("status").asString()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 60\r\n\r\n{}",
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}",
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}",
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "POST /tokenize HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}",
        "GET /v1/models HTTP/1.1\r\nHost: a\r\nX-Bad\u0000: 1\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nHost: a\r\nX Bad: 1\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api/traces?limit=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api/reports/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET //etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
      })
  void a_request_that_is_none_is_refused(String bytes) throws IOException {
    List<Integer> statuses = statuses(send(bytes));

    assertThat(statuses).allMatch(status -> status >= 400 && status < 500 || status == 505);
    assertThat(statuses).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked\r\nContent-Length: 4",
        "Transfer-Encoding : chunked",
      })
  void no_request_is_smuggled_in_a_body_of_two_lengths(String lengths) throws IOException {
    String smuggled = "GET /v1/models HTTP/1.1\r\nHost: a\r\nX-Smuggled: 1\r\n\r\n";
    String answer =
        send("POST /tokenize HTTP/1.1\r\nHost: a\r\n" + lengths + "\r\n\r\n0\r\n\r\n" + smuggled);

    assertThat(statuses(answer)).allMatch(status -> status >= 400 && status <= 501);
    assertThat(answer).doesNotContain("\"object\":\"list\"");
  }

  @Test
  void a_hundred_thousand_headers_are_not_read_to_the_end() throws IOException {
    StringBuilder request = new StringBuilder("GET /v1/models HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 100_000; i++) {
      request.append("X-").append(i).append(": 1\r\n");
    }

    assertThat(statuses(send(request + "\r\n"))).isSubsetOf(400, 413, 431);
  }

  @Test
  void a_header_without_end_is_not_read_to_the_end() throws IOException {
    String answer = send("GET /v1/models HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(4 << 20));

    assertThat(statuses(answer)).isSubsetOf(400, 413, 431);
  }

  @Test
  void clients_that_never_finish_their_request_keep_nobody_waiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = connect();
        socket
            .getOutputStream()
            .write("POST /tokenize HTTP/1.1\r\nHost: a\r\nX".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      for (int i = 0; i < 50; i++) {
        Socket socket = connect();
        socket
            .getOutputStream()
            .write(
                "POST /tokenize HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }

      assertThat(server.get("/v1/models").get("data")).isNotEmpty();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void what_a_client_sends_never_becomes_a_header_of_the_reply() throws IOException {
    String answer =
        send(
            "GET /v1/models/a%0d%0aX-Injected:%201 HTTP/1.1\r\nHost: a\r\n"
                + "Origin: https://a%0d%0aX-Injected: 1\r\n\r\n");

    assertThat(answer.split("\r\n\r\n", 2)[0]).doesNotContain("X-Injected");
  }

  private static Socket connect() throws IOException {
    URI url = URI.create(server.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(WAIT);
    return socket;
  }

  /** What comes until the server closes, or a while after its last reply nothing more. */
  private static String send(String request) throws IOException {
    var answer = new StringBuilder();
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("the server neither answers nor closes", e);
      } catch (SocketException e) {
        // It closed before it had read everything.
      }
    }
    return answer.toString();
  }

  private static List<Integer> statuses(String answer) {
    return STATUS.matcher(answer).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }
}
