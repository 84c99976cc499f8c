package dev.splitreason.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

  @TempDir private Path folder;

  @Test
  void textIsReadWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "täg\n…");

    assertThat(TextFile.read(file)).isEqualTo("täg\n…");
  }

  @Test
  void gigabytesAreNoTextThatPeopleWrite() throws IOException {
    Path sparse = folder.resolve("sparse.yaml");
    try (var file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    assertThatThrownBy(() -> TextFile.read(sparse)).hasMessageContaining("is larger than 64 MiB");
  }

  @Test
  void whatIsNoTextIsToldWithItsName() throws IOException {
    Path latin1 = Files.write(folder.resolve("b"), "täg".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> TextFile.read(latin1)).hasMessage(latin1 + " is not UTF-8 text");
    assertThatThrownBy(() -> TextFile.read(folder))
        .hasMessage(folder + " is a directory, not a file");
    assertThatThrownBy(() -> TextFile.read(folder.resolve("c")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
