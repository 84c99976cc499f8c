package dev.splitreason.files.jsonl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

  @TempDir private Path folder;

  @Test
  void twoGibibytesWithoutALineEndAreNoLine() throws IOException {
    Path file = folder.resolve("endless.jsonl");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(2L << 30);
    }
    try (LineReader reader = LineReader.open(file)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("endless.jsonl: line 1 is longer than 128 MiB");
    }
  }
}
