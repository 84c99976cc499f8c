package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufTensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GgmlRowsTest {

  private static final GgmlRows ROWS = GgmlRows.ofRuntime();
  private static final int LENGTH = 256;

  @Test
  void everyTypeThatGgmlDequantisesIsRead() {
    Set<GgufTensorType> unread = EnumSet.allOf(GgufTensorType.class);
    unread.removeIf(ROWS::decodes);

    assertThat(unread)
        .containsExactlyInAnyOrder(
            GgufTensorType.F32,
            GgufTensorType.F64,
            GgufTensorType.I8,
            GgufTensorType.I16,
            GgufTensorType.I32,
            GgufTensorType.I64,
            GgufTensorType.Q8_1,
            GgufTensorType.Q8_K);
  }

  @Test
  void numbersAreThoseOfTheFormats() {
    Random random = new Random(1);
    ByteBuffer scaled = buffer(GgufTensorType.Q8_0);
    ByteBuffer shifted = buffer(GgufTensorType.Q4_1);
    float[] bytes = new float[LENGTH];
    float[] nibbles = new float[LENGTH];
    for (int block = 0; block < LENGTH; block += 32) {
      float scale = half(random.nextFloat());
      float least = half(-random.nextFloat());
      scaled.putShort(Float.floatToFloat16(scale));
      shifted.putShort(Float.floatToFloat16(scale)).putShort(Float.floatToFloat16(least));
      for (int i = 0; i < 32; i++) {
        byte whole = (byte) (random.nextInt(255) - 127);
        scaled.put(whole);
        bytes[block + i] = scale * whole;
      }
      for (int i = 0; i < 16; i++) {
        int both = random.nextInt(256);
        shifted.put((byte) both);
        nibbles[block + i] = scale * (both & 15) + least;
        nibbles[block + 16 + i] = scale * (both >> 4) + least;
      }
    }

    assertThat(decoded(GgufTensorType.Q8_0, scaled.flip())).containsExactly(bytes);
    float[] read = decoded(GgufTensorType.Q4_1, shifted.flip());
    for (int i = 0; i < LENGTH; i++) {
      // The compiler may fuse the multiplication and the addition.
      assertThat(read[i]).isCloseTo(nibbles[i], Offset.offset(1e-6f));
    }
  }

  @Test
  void bytesThatAreNoRowAreRefused() {
    ByteBuffer row = buffer(GgufTensorType.Q4_K);

    assertThatThrownBy(() -> ROWS.decode(GgufTensorType.Q4_K, row, new float[128], 0, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("144 bytes are no row of 128 elements in Q4_K");
    assertThatThrownBy(() -> ROWS.decode(GgufTensorType.F64, row, new float[18], 0, 18))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreStoredAsGgmlQuantisesThem() {
    Random random = new Random(2);
    float[] row = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      row[i] = random.nextFloat() - 0.5f;
    }
    Map<GgufTensorType, Float> steps =
        Map.of(
            GgufTensorType.Q8_0, 0.01f,
            GgufTensorType.Q6_K, 0.03f,
            GgufTensorType.Q4_K, 0.1f,
            GgufTensorType.Q4_0, 0.1f);
    for (var entry : steps.entrySet()) {
      GgufTensorType type = entry.getKey();
      ByteBuffer stored = buffer(type);
      ROWS.encode(type, row, stored);

      assertThat(stored.hasRemaining()).isFalse();
      float[] read = decoded(type, stored.flip());
      for (int i = 0; i < LENGTH; i++) {
        assertThat(read[i]).isCloseTo(row[i], Offset.offset(entry.getValue()));
      }
    }
    assertThat(ROWS.encodes(GgufTensorType.IQ2_XXS)).isFalse();
  }

  private static ByteBuffer buffer(GgufTensorType type) {
    return ByteBuffer.allocateDirect((int) type.bytes(LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] decoded(GgufTensorType type, ByteBuffer row) {
    float[] elements = new float[LENGTH + 2];
    Arrays.fill(elements, Float.NaN);
    ROWS.decode(type, row, elements, 1, LENGTH);
    assertThat(elements[0]).isNaN();
    assertThat(elements[LENGTH + 1]).isNaN();
    return Arrays.copyOfRange(elements, 1, LENGTH + 1);
  }

  private static float half(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }
}
