package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected bytes are those of ggml's quantize_row_q8_0_ref for the same floats. */
class Q8BlockTest {

  @Test
  void quantisesAsGgmlDoes() {
    float[] row = new float[64];
    for (int k = 0; k < row.length; k++) {
      row[k] = (k * 37 % 101 - 50) / 16f;
    }

    assertThat(encoded(row))
        .isEqualTo(
            "4d2681df3d9af856b41270cd2b89e745a2005ebb1977d53390ee4caa0866c3217fdc"
                + "2c263c96f656b0106fca2984e3439efd5db71777d1318beb4ba50565bf1f7fd93993");
  }

  @Test
  void roundsHalvesAwayFromZero() {
    float[] row = new float[32];
    row[0] = 127;
    for (int k = 0; k < 31; k++) {
      row[k + 1] = k - 16 + 0.5f;
    }

    assertThat(encoded(row))
        .isEqualTo("003c7ff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff0102030405060708090a0b0c0d0e0f");
  }

  @Test
  void doesNotRoundUpWhatIsJustBelowAHalf() {
    float[] row = new float[32];
    row[0] = 127;
    row[1] = Math.nextDown(0.5f);

    assertThat(encoded(row)).startsWith("003c7f00");
  }

  @Test
  void keepsABlockOfZeros() {
    assertThat(encoded(new float[32])).isEqualTo("00".repeat(34));
  }

  private static String encoded(float[] row) {
    ByteBuffer buffer = ByteBuffer.allocate(row.length / 32 * 34).order(ByteOrder.LITTLE_ENDIAN);
    RowCodec.encode(GgufTensorType.Q8_0, row, buffer);
    return HexFormat.of().formatHex(buffer.array());
  }
}
