package dev.splitreason.server.report;

import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Reply;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/reports}, and {@code /api/reports/NAME}: of a folder, each folder in it that has
 * a {@code report.html}. What a client names is looked for in that list, so no path is made of it.
 */
public final class Reports {

  private static final String PAGE = "report.html";
  private static final Pattern TITLE =
      Pattern.compile("<title>([^<]*)</title>", Pattern.CASE_INSENSITIVE);

  /** Pages may show what is in them, and nothing else: no script, no request. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'; sandbox";

  private final @Nullable Path folder;

  /** Reports of the runs in a folder; null for none. */
  public Reports(@Nullable String folder) {
    this.folder = folder == null ? null : Path.of(folder);
  }

  private record ReportList(List<Report> reports) {}

  /**
   * A report.
   *
   * @param name of the run's folder
   * @param created when the page was written, in seconds since 1970
   */
  private record Report(String name, String title, long created) {}

  /** The list, newest first. */
  public void list(ServerRequest request, ServerResponse response) {
    List<Report> reports = new ArrayList<>();
    for (Path run : runs()) {
      reports.add(report(run));
    }
    reports.sort(Comparator.comparing(Report::created).reversed().thenComparing(Report::name));
    Reply.json(response, new ReportList(reports));
  }

  /** A page. */
  public void page(ServerRequest request, ServerResponse response) {
    String name = request.path().pathParameters().get("name");
    for (Path run : runs()) {
      if (name(run).equals(name)) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        response.header("Content-Security-Policy", POLICY);
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Referrer-Policy", "no-referrer");
        response.send(bytes(run));
        return;
      }
    }
    throw new Refusal(Refusal.Kind.NOT_FOUND, "there is no report '" + name + "'");
  }

  private List<Path> runs() {
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND, "this server has no reports: its settings name no such folder");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(run -> Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS))
          .filter(run -> Files.isRegularFile(run.resolve(PAGE), LinkOption.NOFOLLOW_LINKS))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Report report(Path run) {
    Matcher title = TITLE.matcher(new String(bytes(run), StandardCharsets.UTF_8));
    try {
      return new Report(
          name(run),
          title.find() ? unescape(title.group(1)) : name(run),
          Files.getLastModifiedTime(run.resolve(PAGE)).toInstant().getEpochSecond());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  private static String name(Path run) {
    return run.getFileName().toString();
  }

  private static byte[] bytes(Path run) {
    try {
      return Files.readAllBytes(run.resolve(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
