package dev.splitreason.files.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginTest {

  @TempDir private Path folder;

  @Test
  void aFileIsReadAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{}");

    assertThat(read(file)).isEqualTo("{}");
    assertThat(new Origin(file).seekable(folder)).isEqualTo(file);
  }

  @Test
  void aPackedFileIsUnpacked() throws IOException {
    Path file = Files.write(folder.resolve("a.JSONL.GZ"), packed("{}"));

    assertThat(read(file)).isEqualTo("{}");
    assertThat(new Origin(file).seekable(folder)).hasFileName("a.JSONL").hasContent("{}");
  }

  @Test
  void aPackedFileThatIsDamagedIsNamed() throws IOException {
    byte[] bytes = packed("{}".repeat(99));
    Path cut = Files.write(folder.resolve("c.gz"), Arrays.copyOf(bytes, bytes.length - 9));
    Path plain = Files.writeString(folder.resolve("p.gz"), "{\"id\": 1, \"text\": \"\"}");
    Path empty = Files.createFile(folder.resolve("e.gz"));

    assertThatThrownBy(() -> read(cut))
        .hasMessage(cut + ": ends before what was packed into it does");
    assertThatThrownBy(() -> read(plain))
        .hasMessage(plain + ": is not what gzip packs, or damaged");
    assertThatThrownBy(() -> read(empty)).hasMessageContaining("ends before");
  }

  @Test
  void theHyphenIsStandardInput() {
    assertThat(new Origin(Path.of("-")).isStream()).isTrue();
    assertThat(new Origin(Path.of("-")).name()).isEqualTo("stdin");
    assertThat(new Origin(folder).isStream()).isFalse();
    assertThat(new Origin(folder.resolve("none")).isStream()).isFalse();
  }

  private static String read(Path file) throws IOException {
    try (InputStream bytes = new Origin(file).open()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packing = new GZIPOutputStream(bytes)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
