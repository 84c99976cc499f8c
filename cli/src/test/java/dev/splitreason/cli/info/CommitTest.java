package dev.splitreason.cli.info;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

  @TempDir private Path folder;

  @Test
  void aCheckoutTellsItsCommitAndWhetherTheSourcesAreOthers() throws Exception {
    Path source = Files.writeString(folder.resolve("Source.java"), "one");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=n", "-c", "user.email=e@e", "commit", "-qm", "First");

    String committed = Commit.in(folder);
    Files.writeString(source, "two");

    assertThat(committed).matches("[0-9a-f]{12}");
    assertThat(Commit.in(folder)).isEqualTo(committed + "+changes");
  }

  @Test
  void aFolderOutsideOfGitHasNone() throws Exception {
    assertThat(Commit.in(folder)).isNull();
  }

  private void git(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = folder.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
