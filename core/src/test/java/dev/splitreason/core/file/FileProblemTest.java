package dev.splitreason.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

  @TempDir private Path folder;

  @Test
  void aFileInAFoldersPlaceIsNamedAsOne() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.txt"));

    assertThat(FileProblem.of(thrown(() -> Files.createDirectories(file))))
        .isEqualTo(file + " is a file, not a folder");
    assertThat(FileProblem.of(thrown(() -> Files.newDirectoryStream(file))))
        .isEqualTo(file + " is a file, not a folder");
    assertThat(FileProblem.of(thrown(() -> Files.createDirectories(file.resolve("below")))))
        .contains(file.toString())
        .doesNotContain("null");
  }

  @Test
  void aMissingFileTellsWhetherItsFolderIsMissingToo() {
    assertThat(FileProblem.of(new NoSuchFileException(folder.resolve("a").toString())))
        .isEqualTo("no such file: " + folder.resolve("a"));
    assertThat(FileProblem.of(new NoSuchFileException(folder.resolve("a/b").toString())))
        .endsWith("a/b, nor its folder");
  }

  @Test
  void noErrorIsToldAsNullOrByTheNameOfItsClass() {
    List<IOException> silent =
        List.of(
            new IOException(),
            new IOException((String) null, new AccessDeniedException("a")),
            new IOException(new AccessDeniedException("a")),
            new EOFException(),
            new ConnectException(),
            new UnknownHostException(),
            new ClosedChannelException(),
            new DirectoryNotEmptyException("a"),
            new AccessDeniedException("a"),
            new FileSystemException("a"));

    assertThat(silent)
        .allSatisfy(
            error -> {
              assertThat(FileProblem.of(error)).isNotBlank().doesNotContain("null", "Exception");
              assertThat(FileProblem.of(new UncheckedIOException(error)))
                  .isEqualTo(FileProblem.of(error));
            });
  }

  @Test
  void whatAnErrorSaysItselfIsKept() {
    assertThat(FileProblem.of(new IOException("disk full"))).isEqualTo("disk full");
    assertThat(FileProblem.of(new FileSystemException("a", null, "No space left on device")))
        .isEqualTo("a: No space left on device");
    assertThat(FileProblem.of(new UncheckedIOException("cannot", new IOException("disk full"))))
        .isEqualTo("cannot");
  }

  private interface Work {
    void run() throws IOException;
  }

  private static IOException thrown(Work work) {
    return catchThrowableOfType(IOException.class, work::run);
  }
}
