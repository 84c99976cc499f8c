package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.splitreason.core.text.ByteLetters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A server whose tokens are bytes, with the tokenizer of vLLM or of llama-server. */
final class ByteServer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final boolean vllm;

  ByteServer(boolean vllm) throws IOException {
    this.vllm = vllm;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/tokenize", this::tokenize);
    server.createContext("/detokenize", this::detokenize);
    server.start();
  }

  ServedTokenizer tokenizer() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    OpenAiOptions options = OpenAiOptions.of(url, "bytes");
    ServedTokenizer tokenizer = ServedTokenizer.of(new ServerClient(options), options, 256);
    if (tokenizer == null) {
      throw new AssertionError("the tokenizer is not recognised");
    }
    return tokenizer;
  }

  private void tokenize(HttpExchange exchange) throws IOException {
    JsonNode question = JSON.readTree(exchange.getRequestBody());
    String field = vllm ? "prompt" : "content";
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode tokens = answer.putArray("tokens");
    ArrayNode letters = vllm ? answer.putArray("token_strs") : null;
    for (byte one : question.path(field).asText("").getBytes(UTF_8)) {
      int id = one & 0xff;
      if (letters != null) {
        tokens.add(id);
        letters.add(String.valueOf(ByteLetters.of(id)));
      } else if (id < 0x80) {
        tokens.addObject().put("id", id).put("piece", String.valueOf((char) id));
      } else {
        tokens.addObject().put("id", id).putArray("piece").add(id);
      }
    }
    send(exchange, question.has(field) ? 200 : 400, answer);
  }

  private void detokenize(HttpExchange exchange) throws IOException {
    JsonNode question = JSON.readTree(exchange.getRequestBody());
    byte[] bytes = CompletionChunk.bytes(question.path("tokens"));
    send(
        exchange,
        200,
        JSON.createObjectNode().put(vllm ? "prompt" : "content", new String(bytes, UTF_8)));
  }

  private static void send(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] bytes = answer.toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
