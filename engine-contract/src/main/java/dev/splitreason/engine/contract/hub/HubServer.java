package dev.splitreason.engine.contract.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the Hugging Face hub does: {@code /api/models/…/revision/…}, {@code tree} in pages,
 * and {@code resolve}, which redirects to another host for large files ({@code .gguf}, {@code
 * .safetensors}) and tells their SHA-256 and size. Faults are switched on by its methods.
 */
public final class HubServer implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final Pattern API =
      Pattern.compile("/api/models/([^/]+/[^/]+)/(revision|tree)/([^/]+)");
  private static final Pattern RESOLVE = Pattern.compile("/([^/]+/[^/]+)/resolve/([^/]+)/(.+)");
  private static final String BRANCH = "main";

  private final HttpServer hub;
  private final HttpServer delivery;
  private final Map<String, Map<String, byte[]>> repositories = new ConcurrentHashMap<>();
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final Map<String, Long> claimed = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger spoiled = new AtomicInteger();
  private volatile double cutAt = 1;
  private volatile int page = 1000;
  private volatile boolean whole;

  /**
   * A request.
   *
   * @param delivered whether the host of large files was asked
   * @param method GET or HEAD
   * @param path without the query
   * @param authorization what was sent as it, or null
   * @param range what was sent as it, or null
   */
  public record Asked(
      boolean delivered,
      String method,
      String path,
      @Nullable String authorization,
      @Nullable String range) {}

  private HubServer() throws IOException {
    hub = server(this::answer);
    delivery = server(this::deliver);
  }

  /** An exchange that may fail. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** A hub without repositories. */
  public static HubServer start() {
    try {
      return new HubServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer server(Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getHttpContext().getServer().equals(delivery),
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  exchange.getRequestHeaders().getFirst("Range")));
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
    return server;
  }

  /** Its address, for {@code HF_ENDPOINT}. */
  public String endpoint() {
    return address(hub);
  }

  private static String address(HttpServer server) {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Puts a file into a repository, which is made if it is not there. */
  public HubServer put(String repository, String path, byte[] content) {
    repositories.computeIfAbsent(repository, _ -> new ConcurrentSkipListMap<>()).put(path, content);
    return this;
  }

  /** Puts a text into a repository. */
  public HubServer put(String repository, String path, String text) {
    return put(repository, path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a status for a repository, as for gated (403) or private ones (401). */
  public void refuse(String repository, int status) {
    refused.put(repository, status);
  }

  /** Answers 429 so many times. */
  public void beBusy(int times) {
    busy.set(times);
  }

  /** Ends the connection of the next so many large files after a share of what was asked for. */
  public void cut(int times, double share) {
    cutAt = share;
    cuts.set(times);
  }

  /** Sends other bytes than the sum tells, so many times. */
  public void spoil(int times) {
    spoiled.set(times);
  }

  /** Tells another size of a file than it has. */
  public void claim(String path, long size) {
    claimed.put(path, size);
  }

  /** Lists so many files on a page. */
  public void listInPages(int files) {
    page = files;
  }

  /** Sends large files whole, whatever part was asked for. */
  public void sendWhole() {
    whole = true;
  }

  /** What it was asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The commit of a repository: it changes with the contents. */
  public String commit(String repository) {
    MessageDigest digest = digest("SHA-1");
    files(repository)
        .forEach(
            (path, content) ->
                digest.update((path + gitSum(content)).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private Map<String, byte[]> files(String repository) {
    return repositories.getOrDefault(repository, Map.of());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.getResponseHeaders().set("Retry-After", "7");
      exchange.sendResponseHeaders(429, -1);
      return;
    }
    Matcher api = API.matcher(path);
    Matcher file = RESOLVE.matcher(path);
    if (api.matches() && isThere(exchange, api.group(1), api.group(3))) {
      list(exchange, api.group(1), api.group(2).equals("tree"));
    } else if (file.matches() && isThere(exchange, file.group(1), file.group(2))) {
      resolve(exchange, file.group(1), file.group(3));
    } else if (!api.matches() && !file.matches()) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private boolean isThere(HttpExchange exchange, String repository, String revision)
      throws IOException {
    Integer refusal = refused.get(repository);
    int status = refusal != null ? refusal : repositories.containsKey(repository) ? 200 : 401;
    String code = status == 403 ? "GatedRepo" : "RepoNotFound";
    if (status == 200 && !revision.equals(BRANCH) && !revision.equals(commit(repository))) {
      status = 404;
      code = "RevisionNotFound";
    }
    if (status == 200) {
      return true;
    }
    exchange.getResponseHeaders().set("X-Error-Code", code);
    exchange.sendResponseHeaders(status, -1);
    return false;
  }

  private void list(HttpExchange exchange, String repository, boolean tree) throws IOException {
    if (!tree) {
      String siblings =
          files(repository).keySet().stream()
              .map(path -> "{\"rfilename\":\"" + path + "\"}")
              .collect(Collectors.joining(","));
      json(
          exchange,
          "{\"id\":\"%s\",\"sha\":\"%s\",\"siblings\":[%s]}"
              .formatted(repository, commit(repository), siblings));
      return;
    }
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Matcher cursor = Pattern.compile("cursor=(\\d+)").matcher(query);
    int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    if (from + page < files(repository).size()) {
      exchange
          .getResponseHeaders()
          .set(
              "Link",
              "<%s%s?recursive=true&cursor=%d>; rel=\"next\""
                  .formatted(endpoint(), exchange.getRequestURI().getPath(), from + page));
    }
    json(
        exchange,
        files(repository).entrySet().stream()
            .skip(from)
            .limit(page)
            .map(file -> entry(file.getKey(), file.getValue()))
            .collect(Collectors.joining(",", "[{\"type\":\"directory\",\"path\":\"d\"},", "]")));
  }

  private String entry(String path, byte[] content) {
    long size = claimed.getOrDefault(path, (long) content.length);
    String large =
        isLarge(path)
            ? ",\"lfs\":{\"oid\":\"%s\",\"size\":%d,\"pointerSize\":130}"
                .formatted(sum(content), size)
            : "";
    return "{\"type\":\"file\",\"path\":\"%s\",\"size\":%d,\"oid\":\"%s\"%s}"
        .formatted(path, size, gitSum(content), large);
  }

  private static void json(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void resolve(HttpExchange exchange, String repository, String path) throws IOException {
    byte[] content = files(repository).get(path);
    if (content == null) {
      exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", commit(repository));
    if (!isLarge(path)) {
      exchange.getResponseHeaders().set("ETag", "\"" + gitSum(content) + "\"");
      send(exchange, content);
      return;
    }
    exchange.getResponseHeaders().set("X-Linked-ETag", "\"" + sum(content) + "\"");
    exchange
        .getResponseHeaders()
        .set("X-Linked-Size", String.valueOf(claimed.getOrDefault(path, (long) content.length)));
    exchange
        .getResponseHeaders()
        .set("Location", address(delivery) + "/" + repository + "/" + path + "?signature=1");
    exchange.sendResponseHeaders(302, -1);
  }

  private void deliver(HttpExchange exchange) throws IOException {
    String[] parts = exchange.getRequestURI().getPath().substring(1).split("/", 3);
    byte[] content = files(parts[0] + "/" + parts[1]).get(parts[2]);
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (spoiled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      byte[] other = content.clone();
      other[other.length / 2] ^= 1;
      send(exchange, other);
    } else {
      send(exchange, content);
    }
  }

  private void send(HttpExchange exchange, byte[] content) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher part = RANGE.matcher(String.valueOf(range));
    int from = part.matches() && !whole ? Integer.parseInt(part.group(1)) : 0;
    if (from > 0 && from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    int length = content.length - from;
    boolean isCut =
        exchange.getHttpContext().getServer().equals(delivery)
            && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length == 0 ? -1 : length);
    if (length > 0) {
      OutputStream body = exchange.getResponseBody();
      body.write(content, from, isCut ? (int) (length * cutAt) : length);
      body.flush();
      if (isCut) {
        // Closing the exchange with bytes owed ends the connection.
        throw new IOException("cut on purpose");
      }
    }
  }

  private static boolean isLarge(String path) {
    return path.endsWith(".gguf") || path.endsWith(".safetensors");
  }

  /** What names a large file's content. */
  public static String sum(byte[] content) {
    return HexFormat.of().formatHex(digest("SHA-256").digest(content));
  }

  private static String gitSum(byte[] content) {
    MessageDigest digest = digest("SHA-1");
    digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(content));
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    delivery.stop(0);
  }
}
