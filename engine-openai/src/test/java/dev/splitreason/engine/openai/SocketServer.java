package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A server that does with each connection what a test wants: it models {@code m} until it is told
 * how to answer completions, byte by byte.
 */
final class SocketServer implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  static final String EVENTS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

  private static final String MODELS = "{\"data\":[{\"id\":\"m\",\"owned_by\":\"x\"}]}";
  private static final String ONE =
      "{\"choices\":[{\"text\":\"1\",\"index\":0,\"finish_reason\":\"length\"}]}";

  private final ServerSocket socket;
  private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
  private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
  private volatile Answer models = out -> document(out, MODELS);
  private volatile Answer completions = out -> document(out, ONE);

  SocketServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  void models(Answer answer) {
    models = answer;
  }

  void completions(Answer answer) {
    completions = answer;
  }

  /** The heads of all requests, with their headers. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  static void document(OutputStream out, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    out.write(head.getBytes(UTF_8));
    out.write(body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : List.copyOf(open)) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String head = head(connection);
      heads.add(head);
      OutputStream out = connection.getOutputStream();
      if (head.startsWith("GET /v1/models")) {
        models.write(out);
      } else if (head.startsWith("POST /v1/completions")) {
        completions.write(out);
      } else {
        out.write(
            "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                .getBytes(UTF_8));
      }
      out.flush();
    } catch (IOException e) {
      // The client went away.
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static String head(Socket connection) throws IOException {
    var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
    StringBuilder head = new StringBuilder();
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      if (in.read() < 0) {
        break;
      }
    }
    return head.toString();
  }
}
