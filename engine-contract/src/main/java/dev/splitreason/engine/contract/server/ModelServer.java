package dev.splitreason.engine.contract.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model server on the loopback interface that answers with real models, spelled as one of the
 * usual servers does. It can be killed and started again.
 */
public final class ModelServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** OpenAI's default. */
  private static final int MAX_TOKENS = 16;

  private final Dialect dialect;
  private final ServedModels models;
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger scored = new AtomicInteger();
  private final AtomicInteger prefixes = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final List<@Nullable String> keys = new ArrayList<>();
  private final List<@Nullable String> conversations = new ArrayList<>();
  private final List<int[]> prompts = new ArrayList<>();
  private volatile int tokensToLive = Integer.MAX_VALUE;
  private volatile HttpServer http;

  /**
   * Starts it.
   *
   * @param models by the names under which they are served, each with a vocabulary; closed with the
   *     server
   */
  public ModelServer(ServerSpelling spelling, Map<String, ? extends LanguageModel> models)
      throws IOException {
    this.dialect = spelling.dialect();
    this.models = new ServedModels(models);
    http = start(0);
  }

  /** The API's address. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
  }

  /** A model of it as a command names it. */
  public String at(String model) {
    return url() + "#" + model;
  }

  /** How many tokens it has sent. */
  public int tokensSent() {
    return tokens.get();
  }

  /** How many prompts it has scored. */
  public int promptsScored() {
    return scored.get();
  }

  /** How many prompts of requests with several it has answered. */
  public int prefixesAnswered() {
    return prefixes.get();
  }

  /** How many completions it was asked to stream. */
  public int streamsBegun() {
    return streams.get();
  }

  /** The prompts of single completions, as the tokens that the model was given. */
  public synchronized List<int[]> prompts() {
    return new ArrayList<>(prompts);
  }

  /** The authorizations that requests came with; null for none. */
  public synchronized List<@Nullable String> keys() {
    return new ArrayList<>(keys);
  }

  /** The conversations that completions were said to be of; null for none. */
  public synchronized List<@Nullable String> conversations() {
    return new ArrayList<>(conversations);
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
    models.byName().values().forEach(LanguageModel::close);
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
        case "/v1/models" -> ServedReply.ok(list()).send(exchange);
        case "/v1/completions" -> {
          synchronized (this) {
            conversations.add(exchange.getRequestHeaders().getFirst("X-Session-ID"));
          }
          complete(exchange, question);
        }
        case "/tokenize" ->
            ServedReply.orNotFound(dialect.tokenize(models, question)).send(exchange);
        case "/detokenize" ->
            ServedReply.orNotFound(dialect.detokenize(models, question)).send(exchange);
        case "/props" -> ServedReply.orNotFound(dialect.properties(models)).send(exchange);
        default -> ServedReply.orNotFound(null).send(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode list() {
    ObjectNode list = JSON.createObjectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    models
        .byName()
        .forEach(
            (name, model) ->
                dialect.describe(
                    model,
                    data.addObject().put("id", name).put("object", "model").put("created", 1)));
    return list;
  }

  private void complete(HttpExchange exchange, JsonNode question)
      throws IOException, InterruptedException {
    LanguageModel model = models.named(question);
    if (model == null) {
      String name = question.path("model").asString("");
      ServedReply.refusal(404, "The model `" + name + "` does not exist.").send(exchange);
      return;
    }
    JsonNode prompt = question.path("prompt");
    if (!prompt.isString() && !dialect.takesIds()) {
      ServedReply.refusal(400, "prompt must be a string").send(exchange);
      return;
    }
    if (prompt.path(0).isArray()) {
      completeAll(exchange, question, model);
      return;
    }
    int[] ids =
        prompt.isString()
            ? ServedModels.prompt(
                ServedModels.vocabulary(model), prompt.asString(), dialect.addsBegin(question))
            : prompt.valueStream().mapToInt(JsonNode::asInt).toArray();
    synchronized (this) {
      prompts.add(ids);
    }
    int maxTokens = question.path("max_tokens").asInt(MAX_TOKENS);
    if (dialect.length(ids.length, maxTokens) > model.info().contextLength()) {
      ServedReply.refusal(400, "This model's maximum context length is exceeded").send(exchange);
      return;
    }
    try (Session session = model.open()) {
      if (dialect.scores(question)) {
        scored.incrementAndGet();
        int likeliest = question.path("prompt_logprobs").asInt();
        ObjectNode choice = PromptScores.choice(session, ids, likeliest);
        ServedReply.ok(CompletionParts.completion(choice)).send(exchange);
        return;
      }
      session.append(ids);
      DecodeRequest request = DecodeRequest.upTo(maxTokens, sampling(question));
      if (question.path("stream").asBoolean(false)) {
        stream(exchange, question, session, request);
      } else {
        List<ObjectNode> parts = new ArrayList<>();
        Tokenizer vocabulary = ServedModels.vocabulary(model);
        var answer = new CompletionParts(dialect, question, vocabulary, parts::add);
        answer.write(session, request, dialect.likeliest(question));
        ObjectNode completion = CompletionParts.completion(CompletionParts.joined(parts));
        if (dialect.countsPrompts()) {
          completion.putObject("usage").put("prompt_tokens", ids.length);
        }
        ServedReply.ok(completion).send(exchange);
      }
    }
  }

  /** The likeliest tokens after each of several prompts; in no order, as servers may. */
  private void completeAll(HttpExchange exchange, JsonNode question, LanguageModel model)
      throws IOException, InterruptedException {
    if (!dialect.tellsLikeliest(question)) {
      ServedReply.refusal(400, "prompt must be one").send(exchange);
      return;
    }
    ObjectNode answer = null;
    JsonNode prompts = question.path("prompt");
    for (int i = prompts.size() - 1; i >= 0; i--) {
      int[] ids = prompts.path(i).valueStream().mapToInt(JsonNode::asInt).toArray();
      try (Session session = model.open()) {
        ObjectNode choice =
            PromptScores.next(session, ids, question.path("logprobs").asInt()).put("index", i);
        if (answer == null) {
          answer = CompletionParts.completion(choice);
        } else {
          answer.withArray("choices").add(choice);
        }
      }
    }
    prefixes.addAndGet(prompts.size());
    ServedReply.ok(Objects.requireNonNull(answer)).send(exchange);
  }

  private void stream(
      HttpExchange exchange, JsonNode question, Session session, DecodeRequest request)
      throws IOException, InterruptedException {
    streams.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    Tokenizer vocabulary = ServedModels.vocabulary(session.model());
    var answer =
        new CompletionParts(
            dialect, question, vocabulary, part -> event(out, CompletionParts.completion(part)));
    try {
      answer.write(session, request, dialect.likeliest(question));
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

  /** Nobody listens any more. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
