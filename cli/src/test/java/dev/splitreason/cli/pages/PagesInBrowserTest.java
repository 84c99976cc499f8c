package dev.splitreason.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.splitreason.cli.CommandProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that commands write, as a browser lays them out on a desk and on a phone. */
class PagesInBrowserTest {

  private static final int DESK = 1280;
  private static final int PHONE = 390;

  /** What reaches out of the page and cannot be scrolled to inside it. */
  private static final String CUT =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, svg'))
        .map(e => e.tagName + ': ' + e.textContent.slice(0, 60))
      """;

  /** Pairs of texts of one drawing that cover each other, over which a label stands on purpose. */
  private static final String COVERED =
      """
      [...document.querySelectorAll('svg')].flatMap(svg => {
        const texts = [...svg.querySelectorAll('text:not([fill=none])')]
          .map(e => [e.textContent, e.getBoundingClientRect()]);
        return texts.flatMap(([one, a], i) => texts.slice(i + 1)
          .filter(([_, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height / 4)
          .map(([other, _]) => one + ' / ' + other));
      })
      """;

  /** Texts of drawings that leave their drawing. */
  private static final String OUTSIDE =
      """
      [...document.querySelectorAll('svg')].flatMap(svg => {
        const edge = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')]
          .filter(e => { const box = e.getBoundingClientRect();
            return box.left < edge.left - 2 || box.right > edge.right + 2
              || box.bottom > edge.bottom + 2; })
          .map(e => e.textContent);
      })
      """;

  @TempDir private static Path folder;

  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void writePagesAndOpenABrowser() {
    Path chromium = chromium();
    assumeThat(chromium).as("no chromium is installed").isNotNull();
    Path run = folder.resolve("run");
    // Eight policies, whose names and models were too wide for the page.
    String policies =
        "small,large,random:0.05,random:0.10,learned:-2,learned,learned:+2,entropy:0.5";
    String output = "--output=" + run;
    var eval = CommandProcess.run("eval", "--policies=" + policies, "--limit=4", output);
    assertThat(eval.status()).as(eval.err()).isZero();
    String page = "--html=" + folder.resolve("stats.html");
    var stats = CommandProcess.run("stats", page, run.resolve("samples.jsonl").toString());
    assertThat(stats.status()).as(stats.err()).isZero();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void close() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {DESK, PHONE})
  void theReportFitsItsWindow(int width) {
    try (Page page = open("run/report.html", width)) {
      assertThat(page.evaluate(CUT)).isEqualTo(List.of());
      assertThat(page.evaluate(OUTSIDE)).isEqualTo(List.of());
      assertThat(page.evaluate(COVERED)).isEqualTo(List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {DESK, PHONE})
  void theStatisticsFitTheirWindow(int width) {
    try (Page page = open("stats.html", width)) {
      assertThat(page.evaluate(CUT)).isEqualTo(List.of());
      assertThat(page.evaluate(OUTSIDE)).isEqualTo(List.of());
      assertThat(page.evaluate(COVERED)).isEqualTo(List.of());
    }
  }

  @Test
  void onADeskTheTableOfEightPoliciesIsSeenWhole() {
    try (Page page = open("run/report.html", DESK)) {
      String beyond = "e => e.scrollWidth - e.clientWidth";
      assertThat(page.locator(".scroll").first().evaluate(beyond)).isEqualTo(0);
    }
  }

  @Test
  void nothingIsLoadedAndNothingIsComplainedOf() {
    List<String> seen = new ArrayList<>();
    try (Page page = browser.newPage()) {
      page.onConsoleMessage(message -> seen.add(message.text()));
      page.onRequest(request -> seen.add(request.url()));
      page.navigate(folder.resolve("run/report.html").toUri().toString());
    }

    assertThat(seen).singleElement().asString().endsWith("report.html");
  }

  private static Page open(String name, int width) {
    Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, 800));
    page.navigate(folder.resolve(name).toUri().toString());
    return page;
  }

  private static Path chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(path -> Stream.of("chromium", "chromium-browser").map(Path.of(path)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }
}
