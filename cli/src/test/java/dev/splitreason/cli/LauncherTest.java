package dev.splitreason.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.Checkout.Outcome;
import dev.splitreason.cli.Checkout.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code splitreason} script at the root, run as a process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LauncherTest {

  @Nested
  class Building {

    private Checkout checkout;

    @BeforeEach
    void layOut(@TempDir Path folder) throws Exception {
      checkout = new Checkout(folder);
    }

    @Test
    void happens_on_first_use_only_and_leaves_stdout_to_the_command() throws Exception {
      Outcome first = checkout.run("echo");
      Outcome second = checkout.run("echo");

      assertThat(first.out()).isEqualTo("[echo]\n");
      assertThat(first.err()).matches("building SplitReason \\(first use.*\\) … done in \\d+ s\n");
      assertThat(second).isEqualTo(new Outcome(0, "[echo]\n", ""));
      assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void happens_again_when_a_source_or_a_pom_is_newer_or_a_source_is_gone() throws Exception {
      checkout.run("echo");

      checkout.edit("cli/src/main/java/Another.java");
      checkout.run("echo");
      assertThat(checkout.mavenCalls()).hasSize(2);

      Files.delete(checkout.root().resolve("cli/src/main/java/Another.java"));
      checkout.run("echo");
      assertThat(checkout.mavenCalls()).hasSize(3);

      checkout.edit("cli/pom.xml");
      checkout.run("echo");
      assertThat(checkout.mavenCalls()).hasSize(4);
    }

    @Test
    void happens_again_for_another_platform_of_the_native_libraries() throws Exception {
      checkout.run("echo");
      checkout.with("SPLITREASON_NATIVES", "linux-x64-cuda").run("echo");

      assertThat(checkout.mavenCalls()).hasSize(2);
      assertThat(checkout.mavenCalls().get(1)).contains("-Dnatives.platform=linux-x64-cuda");
    }

    @Test
    void happens_again_with_and_without_the_libtorch_for_cuda() throws Exception {
      checkout.with("SPLITREASON_TORCH", "cuda").run("echo");
      assertThat(checkout.mavenCalls().getFirst()).contains("--activate-profiles=launcher,cuda");

      checkout.with("SPLITREASON_TORCH", "").run("echo");
      assertThat(checkout.mavenCalls()).hasSize(2);
      assertThat(checkout.mavenCalls().get(1)).contains("--activate-profiles=launcher package");
    }

    @Test
    void happens_once_when_several_first_uses_start_together() throws Exception {
      List<Running> started = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        started.add(checkout.start(checkout.script(), null, "echo"));
      }

      for (Running running : started) {
        assertThat(running.end()).returns(0, Outcome::status).returns("[echo]\n", Outcome::out);
      }
      assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void shows_the_errors_and_exits_1_when_it_fails_and_is_tried_again() throws Exception {
      checkout.edit("fail");
      Outcome failed = checkout.run("echo");

      assertThat(failed.status()).isEqualTo(1);
      assertThat(failed.out()).isEmpty();
      assertThat(failed.err())
          .contains("failed\n[ERROR] Main.java:[7,3] cannot find symbol\n")
          .contains("target/launcher/build.log")
          .doesNotContain("downloading the world");

      Files.delete(checkout.root().resolve("fail"));
      assertThat(checkout.run("echo").status()).isZero();
    }

    @Test
    void does_not_take_the_jars_away_from_a_process_that_still_runs() throws Exception {
      Running running = checkout.start(checkout.script(), null, "wait");
      awaitOutput(running);
      Path jars = checkout.root().resolve("target/launcher").resolve(currentBuild());

      checkout.edit("cli/pom.xml");
      checkout.run("echo");

      assertThat(jars.resolve("dependency.jar")).exists();
      running.process().destroy();
      running.end();
    }

    @Test
    void builds_the_page_when_it_is_first_asked_to_serve_and_when_the_page_changed()
        throws Exception {
      checkout.run("echo");
      assertThat(checkout.pages()).isZero();

      Outcome first = checkout.run("serve");
      assertThat(first.out()).isEqualTo("page\n");
      assertThat(first.err()).matches("building the console … done in \\d+ s\n");
      assertThat(checkout.run("serve")).isEqualTo(new Outcome(0, "page\n", ""));
      assertThat(checkout.pages()).isEqualTo(1);

      checkout.edit("console/src/main.tsx");
      checkout.run("serve");
      assertThat(checkout.pages()).isEqualTo(2);
      assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void serves_without_a_page_where_that_cannot_be_built() throws Exception {
      checkout.edit("fail-page");
      Outcome served = checkout.run("serve");

      assertThat(served.status()).isZero();
      assertThat(served.out()).isEqualTo("no page\n");
      assertThat(served.err()).contains("this server has no page");
    }

    private String currentBuild() throws Exception {
      return Files.readString(checkout.root().resolve("target/launcher/current")).strip();
    }
  }

  @Nested
  class Starting {

    private static Checkout checkout;

    @BeforeAll
    static void build(@TempDir Path folder) throws Exception {
      checkout = new Checkout(folder);
      checkout.run("echo");
    }

    @Test
    void passes_arguments_through_whatever_the_locale() throws Exception {
      assertThat(checkout.run("echo", "two words", "", "$HOME *", "∑ of 3 ≠ 4").out())
          .isEqualTo("[echo]\n[two words]\n[]\n[$HOME *]\n[∑ of 3 ≠ 4]\n");
    }

    @Test
    void passes_the_exit_status_through() throws Exception {
      assertThat(checkout.run("exit", "130").status()).isEqualTo(130);
    }

    @Test
    void becomes_the_command_so_that_signals_reach_it() throws Exception {
      Running running = checkout.start(checkout.script(), null, "pid");
      long process = running.process().pid();
      assertThat(running.end().out().strip()).isEqualTo(Long.toString(process));

      Running waiting = checkout.start(checkout.script(), null, "wait");
      awaitOutput(waiting);
      waiting.process().destroy();
      assertThat(waiting.end().status()).isEqualTo(143);
    }

    @Test
    void works_through_links_and_keeps_the_folder_of_the_user() throws Exception {
      Path there = Files.createDirectory(checkout.root().resolve("else where"));
      Path link = Files.createSymbolicLink(there.resolve("split"), checkout.script());
      Path linkToLink = Files.createSymbolicLink(there.resolve("again"), Path.of("split"));

      assertThat(checkout.start(link, there, "folder").end().out()).isEqualTo(there + "\n");
      assertThat(checkout.start(linkToLink, there, "folder").end().out()).isEqualTo(there + "\n");
    }

    @Test
    void tells_the_command_where_it_is_installed() throws Exception {
      assertThat(checkout.run("property", "splitreason.home").out())
          .isEqualTo(checkout.root() + "\n");
    }

    @Test
    void takes_further_options_for_the_virtual_machine() throws Exception {
      checkout.with("SPLITREASON_JAVA_OPTS", "-Da=1 -Db=2");

      assertThat(checkout.run("property", "b").out()).isEqualTo("2\n");
    }
  }

  @Nested
  class Prerequisites {

    private Checkout checkout;

    @BeforeEach
    void layOut(@TempDir Path folder) throws Exception {
      checkout = new Checkout(folder);
    }

    @Test
    void a_jdk_that_is_missing_is_one_line_and_exit_1() throws Exception {
      checkout.with("JAVA_HOME", "");

      assertThat(checkout.run("echo"))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "splitreason: needs a JDK 25 or newer, and found none: install one (Temurin 25,"
                      + " for example) and set JAVA_HOME to its folder\n"));
    }

    @Test
    void a_jdk_that_is_too_old_is_passed_over_for_a_newer_one() throws Exception {
      Path old = checkout.jdk("jdks/17", "17.0.15");
      Path recent = checkout.jdk("jdks/25", "25.0.3");
      checkout.with("JAVA_HOME", old.toString());

      assertThat(checkout.run("echo").err()).startsWith("splitreason: needs a JDK 25");

      checkout.with("SPLITREASON_JDK_FOLDERS", "/nowhere:" + recent.getParent());
      assertThat(checkout.run("echo").out()).isEqualTo("java of " + recent + "/bin/java\n");
    }

    @Test
    void the_jdk_on_the_path_is_found_through_its_links() throws Exception {
      Path early = checkout.jdk("jdk-26", "26-ea");
      Files.createSymbolicLink(checkout.root().resolve("bin/java"), early.resolve("bin/java"));
      checkout.with("JAVA_HOME", "");

      assertThat(checkout.run("echo").out()).isEqualTo("java of " + early + "/bin/java\n");
    }

    @Test
    void a_missing_maven_is_one_line_and_exit_1() throws Exception {
      assertThat(checkout.without("mvn").run("echo"))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "splitreason: building needs Maven 3.8.5 or newer, and there is no mvn on PATH:"
                      + " install maven\n"));
    }

    @Test
    void a_missing_npm_or_an_old_node_is_one_line_and_exit_1() throws Exception {
      checkout.program("node", "#!/bin/sh\necho v18.20.4\n");
      assertThat(checkout.run("echo").err())
          .matches(
              "splitreason: building needs Node.js 20 or newer, and .*/bin/node is v18.20.4:"
                  + " install a newer nodejs\n");

      Outcome withoutNpm = checkout.without("npm").run("echo");
      assertThat(withoutNpm.status()).isEqualTo(1);
      assertThat(withoutNpm.err())
          .isEqualTo(
              "splitreason: building needs Node.js 20 or newer with npm, which fetches llama.cpp's"
                  + " libraries: install nodejs and npm\n");
    }

    @Test
    void nothing_but_the_jdk_is_needed_once_it_is_built() throws Exception {
      checkout.run("echo");

      assertThat(checkout.without("mvn").without("node").run("echo").out()).isEqualTo("[echo]\n");
    }
  }

  private static void awaitOutput(Running running) throws Exception {
    while (running.outSoFar().isEmpty() && running.process().isAlive()) {
      Thread.sleep(20);
    }
  }
}
