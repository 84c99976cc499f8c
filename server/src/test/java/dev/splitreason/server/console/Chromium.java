package dev.splitreason.server.console;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser of this machine, and what its pages complain of. */
final class Chromium implements AutoCloseable {

  static final int DESK = 1280;
  static final int PHONE = 390;

  private final Playwright playwright;
  private final Browser browser;

  /** What pages have complained of: errors, and what their content security policy forbids. */
  final List<String> complaints = new ArrayList<>();

  private Chromium(Path executable) {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Starts it; skips the test where none is installed. */
  static Chromium start() {
    List<Path> installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(path -> Stream.of("chromium", "chromium-browser").map(Path.of(path)::resolve))
            .filter(Files::isExecutable)
            .toList();
    assumeThat(installed).as("no chromium is installed").isNotEmpty();
    return new Chromium(installed.getFirst());
  }

  /** A page of its own, with a storage of its own. */
  Page open(String url, int width) {
    Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, 860));
    page.setDefaultTimeout(20_000);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")
              && !message.text().contains("Failed to load resource")) {
            complaints.add(message.text());
          }
        });
    page.navigate(url);
    return page;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
