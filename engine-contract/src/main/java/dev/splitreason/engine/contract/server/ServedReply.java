package dev.splitreason.engine.contract.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole answer to a request.
 *
 * @param status of HTTP
 * @param body what it says
 */
record ServedReply(int status, ObjectNode body) {

  static ServedReply ok(ObjectNode body) {
    return new ServedReply(200, body);
  }

  static ServedReply refusal(int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("message", message);
    return new ServedReply(status, body);
  }

  /** A reply, or that there is nothing at this address. */
  static ServedReply orNotFound(@Nullable ServedReply reply) {
    return reply == null ? refusal(404, "Not Found") : reply;
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
