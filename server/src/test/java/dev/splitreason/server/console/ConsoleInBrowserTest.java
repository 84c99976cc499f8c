package dev.splitreason.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.splitreason.server.BundledServer;
import dev.splitreason.server.access.ApiKeys;
import dev.splitreason.server.config.KeySettings;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.config.ServeSettings.Access;
import dev.splitreason.server.config.ServeSettings.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a browser, asking the bundled pair. */
class ConsoleInBrowserTest {

  /** Pages that are there without any answer. */
  private static final List<String> PAGES =
      List.of("/", "/compare", "/sweep", "/traces", "/reports");

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static BundledServer server;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    server =
        BundledServer.start(
            settings(Access.DEFAULT, new History(folder.resolve("history").toString(), 1)));
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
      chromium.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void an_answer_is_shown_with_what_the_large_model_wrote_marked() {
    try (Page page = chromium.open(server.url(), Chromium.DESK)) {
      ask(page);

      assertThat(answer(page)).hasClass("answer done");
      assertThat(page.getByLabel("Reasoning", exact()).locator(".by-large")).not().hasCount(0);
      assertThat(page.getByLabel("Answer text").locator(".katex")).hasCount(1);
      assertThat(page.locator(".counter.large small")).containsText("tokens");
      assertThat(page.locator(".timeline .bar.large")).not().hasCount(0);
    }
  }

  @Test
  void tokens_are_shown_one_by_one_as_they_arrive() throws IOException {
    try (var proxy = new SteppedProxy(server.url());
        Page page = chromium.open(proxy.url(), Chromium.DESK)) {
      ask(page);
      Locator reasoning = page.getByLabel("Reasoning", exact());

      // The first event only says whose message it is.
      proxy.let(2);
      assertThat(reasoning).hasText("3");
      proxy.let(1);
      assertThat(reasoning).hasText("36");
      proxy.let(1);
      assertThat(reasoning).hasText("36-");
      assertThat(answer(page)).hasClass("answer writing");
      proxy.letAll();
      assertThat(answer(page)).hasClass("answer done");
    }
  }

  @Test
  void a_stopped_answer_stays_as_far_as_it_came_and_the_server_is_free_again() throws IOException {
    try (var proxy = new SteppedProxy(server.url());
        Page page = chromium.open(proxy.url(), Chromium.DESK)) {
      ask(page);
      proxy.let(4);
      assertThat(page.getByLabel("Reasoning", exact())).hasText("36-");

      page.keyboard().press("Escape");

      assertThat(answer(page)).hasClass("answer stopped");
      assertThat(page.getByLabel("Reasoning", exact())).hasText("36-");
      proxy.letAll();
      button(page, "Ask again").click();
      assertThat(answer(page)).hasClass("answer done");
      assertThat(page.locator(".turn")).hasCount(1);
    }
  }

  @Test
  void an_answer_has_an_address_that_shows_it_again_after_reloading() {
    try (Page page = chromium.open(server.url(), Chromium.DESK)) {
      ask(page);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Permalink")).click();
      page.waitForURL("**/traces/*");

      page.reload();

      assertThat(page.locator(".question")).hasText(BundledServer.QUESTION);
      assertThat(answer(page)).hasClass("answer done");
      assertThat(page.locator(".by-large")).not().hasCount(0);
    }
  }

  @Test
  void policies_are_compared_side_by_side_and_what_differs_is_marked() {
    try (Page page = chromium.open(server.url() + "/compare", Chromium.DESK)) {
      page.getByLabel("Question to compare").fill(BundledServer.QUESTION);
      button(page, "Compare").click();

      assertThat(page.locator(".answer.done")).hasCount(3);
      assertThat(page.locator(".costs tbody tr")).hasCount(3);
      assertThat(page.locator(".costs tbody tr").last()).containsText("100 %");
      assertThat(page.locator(".diff mark")).not().hasCount(0);
    }
  }

  @Test
  void a_key_is_asked_for_and_who_has_had_its_share_is_told_to_wait() {
    String key = ApiKeys.newKey();
    Map<String, KeySettings> keys = Map.of("alice", new KeySettings(ApiKeys.hash(key), 2, 50));
    try (var guarded =
            BundledServer.start(settings(new Access(keys, null, List.of(), null), null));
        Page page = chromium.open(guarded.url(), Chromium.DESK)) {
      button(page, "Enter a key").click();
      page.getByLabel("Key", exact()).fill(key);
      button(page, "Use this key").click();
      assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Ready");
      page.reload();
      ask(page);
      assertThat(answer(page)).hasClass("answer done");

      button(page, "Ask again").click();

      assertThat(page.locator("[data-trouble=busy]")).containsText("queue is full");
    }
  }

  @Test
  void the_page_tells_that_the_server_is_gone_and_goes_on_when_it_is_back() {
    var first = BundledServer.start();
    int port = first.server().port();
    try (Page page = chromium.open(first.url(), Chromium.DESK)) {
      assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Ready");
      first.close();
      ask(page);
      assertThat(page.locator(".turn [data-trouble=unreachable]")).isVisible();
      assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("No server");

      try (var _ = BundledServer.start(ServeSettings.DEFAULT, port)) {
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Ready");
        button(page, "Try again").click();
        assertThat(answer(page)).hasClass("answer done");
      }
    }
  }

  @Test
  void every_page_fits_a_phone() {
    for (String path : PAGES) {
      try (Page page = chromium.open(server.url() + path, Chromium.PHONE)) {
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Ready");

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(Chromium.PHONE);
      }
    }
  }

  private static ServeSettings settings(Access access, @Nullable History history) {
    ServeSettings usual = ServeSettings.DEFAULT;
    return new ServeSettings(
        usual.host(),
        0,
        List.of(),
        usual.keptPrefixes(),
        usual.waitForModels(),
        usual.limits(),
        access,
        history,
        null,
        null);
  }

  private static void ask(Page page) {
    page.getByLabel("Question", new Page.GetByLabelOptions().setExact(true))
        .fill(BundledServer.QUESTION);
    button(page, "Ask").click();
  }

  private static Locator answer(Page page) {
    return page.locator(".answer");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
