package dev.splitreason.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** Of "abc", from FIPS 180-4's examples. */
  private static final String SUM =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final byte[] TEXT = "abc".getBytes(StandardCharsets.UTF_8);

  @Test
  void theSumIsTheSameInOnePieceInPartsAndFromAStream() throws IOException {
    var parts = Sha256.begin();
    parts.update(TEXT, 0, 1);
    parts.update(TEXT, 1, 2);

    assertThat(Sha256.hex(TEXT)).isEqualTo(SUM);
    assertThat(Sha256.hex(parts)).isEqualTo(SUM);
    assertThat(Sha256.hex(new ByteArrayInputStream(TEXT))).isEqualTo(SUM);
  }
}
