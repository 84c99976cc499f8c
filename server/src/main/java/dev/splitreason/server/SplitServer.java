package dev.splitreason.server;

import dev.splitreason.server.access.ApiKeys;
import dev.splitreason.server.access.CorsFilter;
import dev.splitreason.server.access.KeyFilter;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.anthropic.MessagesError;
import dev.splitreason.server.anthropic.MessagesRoute;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.console.ConsoleFiles;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.health.Reachability;
import dev.splitreason.server.health.Readiness;
import dev.splitreason.server.history.History;
import dev.splitreason.server.http.ClosingFilter;
import dev.splitreason.server.http.Guarded;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.http.WatchedHttp;
import dev.splitreason.server.limit.Intake;
import dev.splitreason.server.metric.AccessLog;
import dev.splitreason.server.metric.ServerMetrics;
import dev.splitreason.server.ollama.OllamaError;
import dev.splitreason.server.ollama.OllamaRoutes;
import dev.splitreason.server.openai.ChatRoute;
import dev.splitreason.server.openai.CompletionsRoute;
import dev.splitreason.server.openai.ErrorDocument;
import dev.splitreason.server.openai.ModelsRoute;
import dev.splitreason.server.openai.TokenRoutes;
import dev.splitreason.server.pair.ServedPairs;
import dev.splitreason.server.report.Reports;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.responses.ResponsesRoute;
import dev.splitreason.server.telemetry.Telemetry;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server: every route and every limit is here to be seen. It answers as soon as it is started;
 * whoever asks for a pair that is still being opened is told so.
 */
public final class SplitServer implements AutoCloseable {

  private static final int CONNECTIONS = 4096;

  /** A connection on which nothing is answered and nothing comes. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final ServeSettings settings;
  private final ServedPairs pairs;
  private final Intake intake = new Intake();
  private final ServerMetrics metrics;
  private final @Nullable AccessLog log;
  private final History history;
  private final Telemetry telemetry;
  private final Reachability reachability;
  private final WebServer web;

  /**
   * Starts a server.
   *
   * @param pairs opened by the caller, before or after; closed with the server
   * @throws IOException if the access log cannot be written
   * @throws dev.splitreason.core.error.UserMistake if the history cannot be opened
   */
  public SplitServer(ServeSettings settings, ServedPairs pairs) throws IOException {
    this.settings = settings;
    this.pairs = pairs;
    this.metrics = new ServerMetrics(pairs);
    String file = settings.access().log();
    this.log = file == null ? null : new AccessLog(Path.of(file));
    this.history = History.of(settings.history());
    this.telemetry = Telemetry.of(settings.collector(), System.getenv());
    this.reachability = new Reachability(pairs.models());
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .addConnectionSelector(new WatchedHttp())
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(IDLE)
            // One more than a body may have, so that one that does not tell its length is seen to
            // be too long.
            .maxPayloadSize(settings.limits().bodyBytes() + 1L)
            .shutdownGracePeriod(CLOSING)
            .routing(this::routes);
    ServeSettings.Tls tls = settings.access().tls();
    this.web = (tls == null ? builder : builder.tls(certificate(tls))).build().start();
  }

  private void routes(HttpRouting.Builder routes) {
    var asking = new Asking(pairs, settings.limits());
    var answers = new Answers(List.of(() -> metrics, telemetry::ofThisRequest), history);
    var reports = new Reports(settings.reports());
    var tokens = new TokenRoutes(pairs);
    var ollama = new OllamaRoutes(asking, answers);
    Handler console = route(new ConsoleFiles());
    if (log != null) {
      routes.addFilter(log);
    }
    routes
        .addFilter(telemetry)
        .addFilter(new ClosingFilter())
        .addFilter(new CorsFilter(settings.access().cors()))
        .addFilter(
            new KeyFilter(
                new ApiKeys(settings.access().keys()), SplitServer::needsNoKey, SplitServer::error))
        .get("/health", (request, response) -> ready(response))
        .get("/health/ready", (request, response) -> ready(response))
        .get("/health/live", (request, response) -> Reply.json(response, new Health("ok")))
        .get("/metrics", this::metrics)
        .get("/openapi.json", route(SplitServer::description))
        .get("/v1/models", route(new ModelsRoute(pairs)))
        .get("/v1/models/{name}", route(new ModelsRoute(pairs)))
        .post("/v1/chat/completions", route(new ChatRoute(asking, answers)))
        .post("/v1/completions", route(new CompletionsRoute(asking, answers)))
        .post("/v1/responses", route(new ResponsesRoute(asking, answers)))
        .post("/tokenize", route(tokens::tokenize))
        .post("/detokenize", route(tokens::detokenize))
        .post("/v1/messages", route(new MessagesRoute(asking, answers)))
        .post("/api/chat", route(ollama::chat))
        .post("/api/generate", route(ollama::generate))
        .get("/api/tags", route(ollama::tags))
        .get("/api/version", route(ollama::version))
        .get("/api/traces", route(history::list))
        .get("/api/traces/{id}", route(history::get))
        .delete("/api/traces/{id}", route(history::delete))
        .get("/api/reports", route(reports::list))
        .get("/api/reports/{name}", route(reports::page))
        .get("/", console)
        .get("/{page:compare|sweep|traces|reports}", console)
        .get("/{page:traces|reports}/{name}", console)
        .get("/assets/{file}", console)
        .get("/{file:icon\\.svg|report\\.html}", console)
        .any(route(SplitServer::nothing));
  }

  /** The page asks for a key where one is needed, and has to be there for that. */
  private static boolean needsNoKey(ServerRequest request) {
    String path = request.path().path();
    boolean health = path.equals("/health") || path.startsWith("/health/");
    return health || request.prologue().method().equals(Method.GET) && ConsoleFiles.has(path);
  }

  private Handler route(Guarded.Route route) {
    return (request, response) ->
        new Guarded(
                intake, metrics::refused, refusal -> error(request.path().path(), refusal), route)
            .handle(request, response);
  }

  /** An error in the shape of the protocol that a path belongs to. */
  private static Object error(String path, Refusal refusal) {
    if (path.equals("/v1/messages")) {
      return MessagesError.of(refusal);
    }
    boolean own = path.startsWith("/api/traces") || path.startsWith("/api/reports");
    return path.startsWith("/api/") && !own ? OllamaError.of(refusal) : ErrorDocument.of(refusal);
  }

  /** How the server is. */
  private record Health(String status) {}

  private void ready(ServerResponse response) {
    Readiness readiness = Readiness.of(pairs.all(), reachability, intake.isClosed());
    Reply.send(response, readiness.takesRequests() ? 200 : 503, readiness);
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, ServerMetrics.CONTENT_TYPE);
    response.send(metrics.text());
  }

  private static void description(ServerRequest request, ServerResponse response) {
    try (InputStream file = SplitServer.class.getResourceAsStream("openapi.json")) {
      Reply.bytes(response, Objects.requireNonNull(file, "it comes along").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void nothing(ServerRequest request, ServerResponse response) {
    throw new Refusal(
        Refusal.Kind.NO_ROUTE,
        "there is no " + request.prologue().method() + " " + request.path().path());
  }

  private static Tls certificate(ServeSettings.Tls tls) {
    Keys keys =
        Keys.builder()
            .pem(
                pem ->
                    pem.key(Resource.create(Path.of(tls.key())))
                        .certChain(Resource.create(Path.of(tls.certificate()))))
            .build();
    return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
  }

  /** The port it listens on. */
  public int port() {
    return web.port();
  }

  /** Where it is found. */
  public String url() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return (web.hasTls() ? "https://" : "http://") + host + ":" + port();
  }

  /** Takes no more requests, finishes those under way as far as time allows, closes the pairs. */
  @Override
  public void close() {
    try {
      boolean _ = intake.closeAndAwait(settings.limits().drain());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    web.stop();
    reachability.close();
    pairs.close();
    history.close();
    telemetry.close();
    try {
      if (log != null) {
        log.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
