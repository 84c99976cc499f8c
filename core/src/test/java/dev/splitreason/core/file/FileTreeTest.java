package dev.splitreason.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir private Path folder;

  @Test
  void allThatIsInATreeGoesWithIt() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("of/folders"));
    Files.writeString(tree.resolve("of/file"), "x");

    FileTree.delete(tree);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereNeedsNoDeleting() throws IOException {
    FileTree.delete(folder.resolve("nothing"));

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void whatALinkPointsAtStays() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "x");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), folder);

    FileTree.delete(tree);

    assertThat(folder).isDirectoryContaining(file -> file.equals(kept));
    assertThat(tree).doesNotExist();
  }
}
