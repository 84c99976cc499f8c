package dev.splitreason.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StdoutTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void textIsUtf8WhateverTheLocale() {
    new Stdout(bytes).println("⟦é⟧");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("⟦é⟧\n");
  }

  @Test
  void controlSequencesAreTheCommandsOwnOrShown() {
    var out = new Stdout(bytes);

    out.print("\u001b[2J\n");
    out.printStyled("\u001b[1m");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("␛[2J\n\u001b[1m");
  }

  @Test
  void aDocumentIsALine() {
    new Stdout(bytes).json(new Document(1, "\n"));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"first_name\":1,\"and\":\"\\n\"}\n");
  }

  @Test
  void aDocumentThatFailsInTheMiddleIsNotBegun() {
    var out = new Stdout(bytes);

    assertThatThrownBy(() -> out.json(new Document(1, new Broken())))
        .hasMessageContaining("no more");
    assertThat(bytes.size()).isZero();
  }

  @Test
  void aReaderThatIsGoneIsNotAFailure() {
    var out = new Stdout(failing("Broken pipe"));

    assertThatThrownBy(() -> out.print("x")).isInstanceOf(OutputClosedException.class);
  }

  @Test
  void aFullDiskIs() {
    var out = new Stdout(failing("No space left on device"));

    assertThatThrownBy(() -> out.print("x"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write to stdout: No space left on device");
  }

  private record Document(int firstName, Object and) {}

  private record Broken() {
    public int getNumber() {
      throw new IllegalStateException("no more");
    }
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
