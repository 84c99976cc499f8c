package dev.splitreason.pairs.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the hub about one repository. Redirects are followed here, not by the HTTP client: a large
 * file comes from another host, which must not see the token. Where the hub is busy or does not
 * answer, it is asked again.
 */
final class HubClient implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  /** Until an answer begins; listing large repositories takes the hub a while. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

  private static final int ATTEMPTS = 5;
  private static final int MOST_REDIRECTS = 10;

  /** What the hub may ask for before it is asked again; a longer pause is told to the user. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
  private static final JsonMapper JSON = new JsonMapper();

  private final HubSettings settings;
  private final HubName name;
  private final Pause pause;
  private final HttpClient http;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  HubClient(HubSettings settings, HubName name, Pause pause) {
    this.settings = settings;
    this.name = name;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();
  }

  /** What the repository has at its revision. */
  HubListing list() throws InterruptedException {
    String place = "/api/models/" + name.repository();
    JsonNode revision = json(get(at(place + "/revision/" + encoded(name.revision()))));
    String commit = revision.path("sha").stringValue("");
    if (commit.isEmpty()) {
      throw new HubException(settings.endpoint() + " does not tell the commit of " + name);
    }
    List<HubFile> files = new ArrayList<>();
    URI page = at(place + "/tree/" + commit + "?recursive=true");
    while (page != null) {
      HttpResponse<InputStream> response = get(page);
      for (JsonNode entry : json(response)) {
        if (entry.path("type").stringValue("").equals("file")) {
          files.add(file(entry));
        }
      }
      page = nextPage(page, response.headers());
    }
    return new HubListing(commit, files);
  }

  private static HubFile file(JsonNode entry) {
    JsonNode large = entry.path("lfs");
    return new HubFile(
        entry.path("path").stringValue(""),
        entry.path("size").longValue(0),
        (large.isObject() ? large : entry).path("oid").stringValue(""));
  }

  private static @Nullable URI nextPage(URI page, HttpHeaders headers) {
    Matcher next = NEXT_PAGE.matcher(headers.firstValue("Link").orElse(""));
    return next.find() ? page.resolve(next.group(1)) : null;
  }

  /** What the hub says of a file before it sends it, which is what its own programs go by. */
  HubFile head(String commit, HubFile listed) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder().method("HEAD", HttpRequest.BodyPublishers.noBody());
    HttpHeaders headers = send(resolve(commit, listed), request, false).headers();
    String sum =
        headers.firstValue("X-Linked-ETag").or(() -> headers.firstValue("ETag")).orElse("");
    long size =
        headers
            .firstValueAsLong("X-Linked-Size")
            .orElseGet(() -> headers.firstValueAsLong("Content-Length").orElse(listed.size()));
    String plain = sum.replaceFirst("^W/", "").replace("\"", "");
    return plain.matches("[0-9A-Za-z._-]+") ? new HubFile(listed.path(), size, plain) : listed;
  }

  /**
   * The bytes of a file from some place on; from its beginning (status 200) where the server does
   * not send parts.
   */
  HttpResponse<InputStream> open(String commit, HubFile file, long from)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    return send(resolve(commit, file), request, true);
  }

  private URI resolve(String commit, HubFile file) {
    String path =
        Arrays.stream(file.path().split("/"))
            .map(HubClient::encoded)
            .collect(Collectors.joining("/"));
    return at("/" + name.repository() + "/resolve/" + commit + "/" + path);
  }

  private HttpResponse<InputStream> get(URI address) throws InterruptedException {
    return send(address, HttpRequest.newBuilder(), true);
  }

  /** An answer of 2xx, or with {@code away} false the redirect to another host. */
  private HttpResponse<InputStream> send(URI address, HttpRequest.Builder request, boolean away)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Duration wait = Duration.ofMillis(500L << attempt);
      try {
        HttpResponse<InputStream> response = follow(address, request, away);
        int status = response.statusCode();
        if (status < 400) {
          return response;
        }
        HubException refusal = Refusals.of(response, settings, name);
        response.body().close();
        boolean busy = status == 429 || status >= 500;
        wait = Refusals.pause(response.headers(), wait);
        if (!busy || attempt == ATTEMPTS || wait.compareTo(LONGEST_PAUSE) > 0) {
          throw refusal;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new HubException(
              "%s does not answer: %s; with HF_HUB_OFFLINE=1 only what is on disk is used"
                  .formatted(settings.endpoint(), Refusals.words(e)),
              e);
        }
      }
      pause.take(wait);
    }
  }

  private HttpResponse<InputStream> follow(URI address, HttpRequest.Builder request, boolean away)
      throws IOException, InterruptedException {
    URI here = address;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpRequest.Builder asked =
          request.copy().uri(here).timeout(ANSWER_LIMIT).header("User-Agent", "splitreason");
      if (settings.token() != null && isHub(here)) {
        asked.header("Authorization", "Bearer " + settings.token());
      }
      HttpResponse<InputStream> response = http.send(asked.build(), BodyHandlers.ofInputStream());
      String location = response.headers().firstValue("Location").orElse(null);
      if (response.statusCode() / 100 != 3 || location == null) {
        return response;
      }
      URI there = here.resolve(location);
      if (!away && !isHub(there)) {
        response.body().close();
        return response;
      }
      response.body().close();
      here = there;
    }
    throw new IOException("it redirects for ever");
  }

  private boolean isHub(URI address) {
    URI hub = settings.endpoint();
    return Objects.equals(hub.getScheme(), address.getScheme())
        && hub.getHost().equalsIgnoreCase(String.valueOf(address.getHost()))
        && hub.getPort() == address.getPort();
  }

  private JsonNode json(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return JSON.readTree(body);
    } catch (JacksonException | IOException e) {
      throw new HubException(settings.endpoint() + " does not answer as a hub: is it one?", e);
    }
  }

  private URI at(String path) {
    return URI.create(settings.endpoint() + path);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
