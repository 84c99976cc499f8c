package dev.splitreason.server.console;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Guarded;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's files: a page at several addresses, each of which it shows otherwise, and what it
 * is made of. The files come with the class path, once the console is built; they hold nothing that
 * is anybody's secret, so no key is asked for.
 */
public final class ConsoleFiles implements Guarded.Route {

  private static final String FOLDER = "/dev/splitreason/console/";
  private static final String PAGE = "index.html";

  /** The page into which a report is put: without scripts, but with styles of the report's own. */
  private static final String REPORT_PAGE = "report.html";

  /** What the page shows is told by its address. */
  private static final Pattern PAGES =
      Pattern.compile("/|/(compare|sweep)|/(traces|reports)(/[^/]+)?");

  private static final Pattern FILES =
      Pattern.compile("/(assets/[A-Za-z0-9_.-]+|icon\\.svg|report\\.html)");

  /**
   * Nothing but files of this server, no script and no style within the page, in nobody's frame.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src"
          + " 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action"
          + " 'none'; frame-ancestors 'self'";

  /** Named by the hash of their content, so that they never change. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String ASK_AGAIN = "no-cache";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private final Map<String, Found> found = new ConcurrentHashMap<>();

  /**
   * A file, or that there is none.
   *
   * @param tag tells its content from any other's; as HTTP has it in {@code ETag}
   */
  private record Found(byte[] bytes, String type, String tag) {}

  /** Whether a path is of the console, and open to whoever has no key. */
  public static boolean has(String path) {
    return PAGES.matcher(path).matches() || FILES.matcher(path).matches();
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    String name = PAGES.matcher(path).matches() ? PAGE : path.substring(1);
    Found file = FILES.matcher("/" + name).matches() || name.equals(PAGE) ? find(name) : null;
    if (file == null) {
      throw new Refusal(
          Refusal.Kind.NO_ROUTE,
          name.equals(PAGE)
              ? "this server was built without its console; /v1 answers clients of OpenAI's API"
              : "there is no " + request.prologue().method() + " " + path);
    }
    response.header("Content-Security-Policy", name.equals(REPORT_PAGE) ? REPORT_POLICY : POLICY);
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header(HeaderNames.CACHE_CONTROL, name.startsWith("assets/") ? FOR_EVER : ASK_AGAIN);
    response.header(HeaderNames.ETAG, file.tag());
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").equals(file.tag())) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, file.type());
    response.send(file.bytes());
  }

  private @Nullable Found find(String name) {
    return found.computeIfAbsent(name, ConsoleFiles::read);
  }

  private static @Nullable Found read(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream file = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (file == null || type == null) {
        return null;
      }
      byte[] bytes = file.readAllBytes();
      return new Found(bytes, type, '"' + hash(bytes) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
