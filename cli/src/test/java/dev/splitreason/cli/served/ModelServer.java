package dev.splitreason.cli.served;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.splitreason.cli.CommandProcess;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.text.ByteLetters;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model server on the loopback interface that answers with the bundled GGUF models, spelled as
 * one of the usual servers does by its documentation and source. It can be killed and started
 * again.
 */
public final class ModelServer implements AutoCloseable {

  /** Whose spelling and abilities it has. */
  public enum Style {
    /** Token ids, scoring, logit bias. */
    VLLM,
    /** Token ids and logit bias; tells its chat template; shows no control tokens. */
    LLAMA_SERVER,
    /** Text only. */
    PLAIN
  }

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Style style;
  private final Map<String, LlamaCppModel> models = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger scored = new AtomicInteger();
  private final List<String> keys = new ArrayList<>();
  private volatile int tokensToLive = Integer.MAX_VALUE;
  private volatile HttpServer http;

  /**
   * Starts it.
   *
   * @param models bundled files by the names under which they are served
   */
  public ModelServer(Style style, Map<String, String> models) throws IOException {
    this.style = style;
    models.forEach(
        (name, file) ->
            this.models.put(
                name,
                LlamaCppModel.load(
                    CommandProcess.project().resolve("models").resolve(file),
                    LlamaCppOptions.DEFAULTS.withThreads(1).withMaxSessions(32))));
    http = start(0);
  }

  /** A model of it as the command names it. */
  public String at(String model) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1#" + model;
  }

  /** How many tokens it has sent. */
  public int tokensSent() {
    return tokens.get();
  }

  /** How many prompts it has scored. */
  public int promptsScored() {
    return scored.get();
  }

  /** The authorizations that requests came with; null for none. */
  public synchronized List<String> keys() {
    return new ArrayList<>(keys);
  }

  /** Lets it die, with all its connections, after so many more tokens. */
  public void dieAfter(int moreTokens) {
    tokensToLive = tokens.get() + moreTokens;
  }

  /** Whether it has died, or is about to. */
  public boolean dead() {
    return tokens.get() >= tokensToLive;
  }

  /** Starts it again at the same address. */
  public void comeBack() throws IOException {
    int port = http.getAddress().getPort();
    http.stop(0);
    tokensToLive = Integer.MAX_VALUE;
    http = start(port);
  }

  @Override
  public void close() {
    http.stop(0);
    models.values().forEach(LlamaCppModel::close);
  }

  private HttpServer start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      synchronized (this) {
        keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode question = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      switch (exchange.getRequestURI().getPath()) {
        case "/v1/models" -> send(exchange, 200, list());
        case "/v1/completions" -> complete(exchange, question);
        case "/tokenize" -> tokenize(exchange, question);
        case "/detokenize" -> detokenize(exchange, question);
        case "/props" -> properties(exchange);
        default -> send(exchange, 404, error("Not Found"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode list() {
    ObjectNode list = JSON.createObjectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    models.forEach(
        (name, model) -> {
          ObjectNode card =
              data.addObject().put("id", name).put("object", "model").put("created", 1);
          int context = model.info().contextLength();
          switch (style) {
            case VLLM -> card.put("owned_by", "vllm").put("max_model_len", context);
            case LLAMA_SERVER ->
                card.put("owned_by", "llamacpp")
                    .putObject("meta")
                    .put("n_ctx", context)
                    .put("n_vocab", vocabulary(model).size())
                    .put("n_params", model.info().parameters());
            case PLAIN -> card.put("owned_by", "somebody");
          }
        });
    return list;
  }

  private void complete(HttpExchange exchange, JsonNode question)
      throws IOException, InterruptedException {
    LlamaCppModel model = models.get(question.path("model").asString(""));
    if (model == null) {
      send(
          exchange,
          404,
          error("The model `" + question.path("model").asString("") + "` does not exist."));
      return;
    }
    JsonNode prompt = question.path("prompt");
    if (style == Style.PLAIN && !prompt.isString()) {
      send(exchange, 400, error("prompt must be a string"));
      return;
    }
    int[] ids =
        prompt.isString()
            ? vocabulary(model).tokenizeWithControl(prompt.asString())
            : prompt.valueStream().mapToInt(JsonNode::asInt).toArray();
    int maxTokens = question.path("max_tokens").asInt(16);
    if (ids.length + (style == Style.VLLM ? maxTokens : 1) > model.info().contextLength()) {
      send(exchange, 400, error("This model's maximum context length is exceeded"));
      return;
    }
    try (Session session = model.open()) {
      if (style == Style.VLLM && question.has("prompt_logprobs")) {
        send(exchange, 200, score(model, session, ids, question.path("prompt_logprobs").asInt()));
        return;
      }
      session.append(ids);
      DecodeRequest request = DecodeRequest.upTo(maxTokens, sampling(question));
      if (question.path("stream").asBoolean(false)) {
        stream(exchange, question, model, session, request);
      } else {
        List<ObjectNode> parts = new ArrayList<>();
        var answer = new Parts(question, vocabulary(model), parts::add);
        Decoded decoded = session.decode(request, answer::write);
        answer.end(decoded.end());
        send(exchange, 200, whole(parts));
      }
    }
  }

  private void stream(
      HttpExchange exchange,
      JsonNode question,
      LlamaCppModel model,
      Session session,
      DecodeRequest request)
      throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    var answer = new Parts(question, vocabulary(model), part -> event(out, completion(part)));
    try {
      Decoded decoded = session.decode(request, answer::write);
      answer.end(decoded.end());
      out.write("data: [DONE]\n\n".getBytes(UTF_8));
    } catch (GoneException e) {
      // The client has heard enough, or this server is dead.
    }
  }

  private void event(OutputStream out, ObjectNode part) {
    if (dead()) {
      http.stop(0);
      throw new GoneException();
    }
    try {
      out.write(("data: " + part + "\n\n").getBytes(UTF_8));
      out.flush();
      tokens.incrementAndGet();
    } catch (IOException e) {
      throw new GoneException();
    }
  }

  private static Sampling sampling(JsonNode question) {
    Sampling sampling =
        Sampling.at(question.path("temperature").asDouble(1), question.path("seed").asLong(0));
    for (Map.Entry<String, JsonNode> bias : question.path("logit_bias").properties()) {
      sampling =
          sampling.plusBias(Integer.parseInt(bias.getKey()), (float) bias.getValue().asDouble());
    }
    return sampling;
  }

  /** One completion in the parts in which it is sent. */
  private final class Parts {
    private final Tokenizer tokenizer;
    private final boolean tellsIds;
    private final Consumer<ObjectNode> out;
    private final Utf8Assembler characters = new Utf8Assembler();

    Parts(JsonNode question, Tokenizer tokenizer, Consumer<ObjectNode> out) {
      this.tokenizer = tokenizer;
      this.out = out;
      this.tellsIds =
          switch (style) {
            case VLLM -> question.path("return_token_ids").asBoolean(false);
            case LLAMA_SERVER -> question.path("n_probs").asInt(0) > 0;
            case PLAIN -> false;
          };
    }

    void write(Token token) {
      boolean hidden = style == Style.LLAMA_SERVER && isControl(token);
      String text = hidden ? "" : characters.append(token.bytes());
      if (style == Style.LLAMA_SERVER && characters.incomplete()) {
        return;
      }
      out.accept(part(text, token));
    }

    void end(Decoded.End end) {
      boolean stopped = end == Decoded.End.END_OF_TEXT;
      Token ender =
          tokenizer.token(
              IntStream.range(0, tokenizer.size())
                  .filter(tokenizer::endsText)
                  .findFirst()
                  .orElse(0));
      if (stopped && style == Style.LLAMA_SERVER) {
        out.accept(part("", ender));
      }
      ObjectNode last =
          stopped && style == Style.VLLM
              ? part("", ender)
              : JSON.createObjectNode().put("text", "");
      last.put("finish_reason", stopped ? "stop" : "length");
      out.accept(last);
    }

    private ObjectNode part(String text, Token token) {
      ObjectNode part = JSON.createObjectNode().put("text", text).put("index", 0);
      part.putNull("finish_reason").putNull("logprobs");
      if (tellsIds && style == Style.VLLM) {
        part.putArray("token_ids").add(token.id());
      } else if (tellsIds) {
        ObjectNode told =
            part.putObject("logprobs").putArray("content").addObject().put("id", token.id());
        bytes(told.put("token", text).putArray("bytes"), text.getBytes(UTF_8));
        ObjectNode likely = told.putArray("top_logprobs").addObject().put("id", token.id());
        bytes(likely.putArray("bytes"), isControl(token) ? new byte[0] : token.bytes());
      }
      return part;
    }
  }

  private static Tokenizer vocabulary(LanguageModel model) {
    return Objects.requireNonNull(model.tokenizer());
  }

  private static boolean isControl(Token token) {
    String text = token.text();
    return text.length() > 2 && text.startsWith("<") && text.endsWith(">");
  }

  private static void bytes(ArrayNode array, byte[] bytes) {
    for (byte one : bytes) {
      array.add(one & 0xff);
    }
  }

  private ObjectNode score(LlamaCppModel model, Session session, int[] ids, int likeliest)
      throws InterruptedException {
    scored.incrementAndGet();
    int[] all = IntStream.range(0, vocabulary(model).size()).toArray();
    session.append(ids[0]);
    int[] run = Arrays.copyOfRange(ids, 1, ids.length);
    float[][] watched = session.score(run, new ScoreRequest(false, all, false, null)).watched();
    ObjectNode choice = JSON.createObjectNode().put("text", "").put("index", 0);
    choice.put("finish_reason", "length");
    ArrayNode prompt = choice.putArray("prompt_logprobs").addNull();
    for (int i = 0; i < run.length; i++) {
      ObjectNode position = prompt.addObject();
      for (int id : best(watched[i], likeliest)) {
        position.putObject(Integer.toString(id)).put("logprob", watched[i][id]);
      }
      position.putObject(Integer.toString(run[i])).put("logprob", watched[i][run[i]]);
    }
    ObjectNode logProbs = choice.putObject("logprobs");
    ObjectNode last = logProbs.putArray("top_logprobs").addObject();
    for (int id : best(watched[run.length], likeliest)) {
      last.put("token_id:" + id, watched[run.length][id]);
    }
    return completion(choice);
  }

  private static int[] best(float[] logProbs, int count) {
    return IntStream.range(0, logProbs.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -logProbs[id]))
        .limit(count)
        .mapToInt(id -> id)
        .toArray();
  }

  private void tokenize(HttpExchange exchange, JsonNode question) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    switch (style) {
      case VLLM -> {
        LlamaCppModel model = models.get(question.path("model").asString(""));
        if (model == null || !question.has("prompt")) {
          send(exchange, 400, error("what?"));
          return;
        }
        ArrayNode ids = answer.putArray("tokens");
        ArrayNode spellings = answer.putArray("token_strs");
        for (int id : vocabulary(model).tokenizeWithControl(question.path("prompt").asString())) {
          ids.add(id);
          Token token = vocabulary(model).token(id);
          StringBuilder letters = new StringBuilder();
          for (byte one : token.bytes()) {
            letters.append(ByteLetters.of(one & 0xff));
          }
          spellings.add(isControl(token) ? token.text() : letters.toString());
        }
      }
      case LLAMA_SERVER -> {
        if (!question.has("content")) {
          send(exchange, 400, error("what?"));
          return;
        }
        Tokenizer tokenizer = vocabulary(models.values().iterator().next());
        String text = question.path("content").asString();
        int[] ids =
            question.path("parse_special").asBoolean(true)
                ? tokenizer.tokenizeWithControl(text)
                : tokenizer.tokenize(text);
        ArrayNode tokens = answer.putArray("tokens");
        for (int id : ids) {
          ObjectNode token = tokens.addObject().put("id", id);
          byte[] bytes = tokenizer.bytes(id);
          if (Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes)) {
            token.put("piece", new String(bytes, UTF_8));
          } else {
            bytes(token.putArray("piece"), bytes);
          }
        }
      }
      case PLAIN -> {
        send(exchange, 404, error("Not Found"));
        return;
      }
    }
    send(exchange, 200, answer);
  }

  private void detokenize(HttpExchange exchange, JsonNode question) throws IOException {
    if (style == Style.PLAIN) {
      send(exchange, 404, error("Not Found"));
      return;
    }
    Tokenizer tokenizer = vocabulary(models.values().iterator().next());
    StringBuilder text = new StringBuilder();
    question.path("tokens").forEach(id -> text.append(tokenizer.token(id.asInt()).text()));
    send(
        exchange,
        200,
        JSON.createObjectNode().put(style == Style.VLLM ? "prompt" : "content", text.toString()));
  }

  private void properties(HttpExchange exchange) throws IOException {
    LlamaCppModel model = models.values().iterator().next();
    if (style != Style.LLAMA_SERVER) {
      send(exchange, 404, error("Not Found"));
      return;
    }
    send(
        exchange,
        200,
        JSON.createObjectNode()
            .put("chat_template", model.info().chatTemplate())
            .put("eos_token", "<｜end▁of▁sentence｜>"));
  }

  private static ObjectNode whole(List<ObjectNode> parts) {
    ObjectNode first = parts.getFirst();
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.path("text").asString("")));
    first.put("text", text.toString());
    first.set("finish_reason", parts.getLast().get("finish_reason"));
    return completion(first);
  }

  private static ObjectNode completion(ObjectNode choice) {
    ObjectNode completion =
        JSON.createObjectNode()
            .put("id", "1")
            .put("object", "text_completion")
            .put("created", 1)
            .put("model", "m");
    completion.putArray("choices").add(choice.put("index", 0));
    return completion;
  }

  private static ObjectNode error(String message) {
    ObjectNode error = JSON.createObjectNode();
    error.putObject("error").put("message", message);
    return error;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] bytes = answer.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Nobody listens any more. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
