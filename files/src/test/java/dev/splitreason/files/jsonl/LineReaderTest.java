package dev.splitreason.files.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

  @TempDir private Path folder;

  @Test
  void linesAcrossTheBufferKeepTheirPlaces() throws IOException {
    String long1 = "a".repeat(70_000);
    Path file = Files.writeString(folder.resolve("l"), long1 + "\n\r\nb\r\n" + long1);
    try (LineReader reader = LineReader.open(file)) {
      assertThat(reader.next())
          .returns(1L, Line::number)
          .returns(0L, Line::offset)
          .returns(70_000, line -> line.bytes().length);
      assertThat(reader.next()).returns(3L, Line::number).returns(70_003L, Line::offset);
      assertThat(reader.next()).returns(4L, Line::number).returns(70_006L, Line::offset);
      assertThat(reader.next()).isNull();
    }
  }

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
