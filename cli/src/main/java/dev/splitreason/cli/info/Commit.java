package dev.splitreason.cli.info;

import dev.splitreason.pairs.config.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The commit of the sources that this software is built from. */
public final class Commit {

  private static final int PATIENCE_SECONDS = 10;

  private Commit() {}

  /**
   * The commit that is checked out where the software stands, with {@code +changes} behind it if
   * the sources are not those of the commit; null if it does not stand in a checkout, or git is not
   * there to ask.
   */
  public static @Nullable String current() throws InterruptedException {
    String home = System.getProperty(Installation.HOME_PROPERTY);
    return home == null ? null : in(Path.of(home));
  }

  static @Nullable String in(Path home) throws InterruptedException {
    if (!Files.exists(home.resolve(".git"))) {
      return null;
    }
    String commit = git(home, "rev-parse", "--short=12", "HEAD");
    String changes = git(home, "status", "--porcelain", "--untracked-files=no");
    return commit == null
        ? null
        : commit + (changes == null || changes.isEmpty() ? "" : "+changes");
  }

  private static @Nullable String git(Path home, String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        git.getOutputStream().close();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0
            ? said.strip()
            : null;
      } finally {
        git.destroy();
      }
    } catch (IOException e) {
      return null;
    }
  }
}
