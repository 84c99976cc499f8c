package dev.splitreason.core.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf8AssemblerTest {

  @Property
  void piecesJoinedAreTheBytesDecodedAtOnce(
      @ForAll("bytes") byte[] bytes, @ForAll List<@IntRange(min = 0, max = 5) Integer> sizes) {
    assertThat(String.join("", assemble(bytes, sizes))).isEqualTo(new String(bytes, UTF_8));
  }

  @Property
  void everyPieceOfWellFormedTextIsWellFormed(
      @ForAll("text") String text, @ForAll List<@IntRange(min = 0, max = 5) Integer> sizes) {
    for (String piece : assemble(text.getBytes(UTF_8), sizes)) {
      assertThat(UTF_8.newEncoder().canEncode(piece)).as(piece).isTrue();
      assertThat(piece).doesNotContain("\uFFFD");
    }
  }

  @Test
  void aCharacterComesWithItsLastByte() {
    Utf8Assembler assembler = new Utf8Assembler();
    byte[] grin = "😀".getBytes(UTF_8);

    assertThat(assembler.append(new byte[] {'a', grin[0], grin[1]})).isEqualTo("a");
    assertThat(assembler.incomplete()).isTrue();
    assertThat(assembler.append(new byte[] {grin[2]})).isEmpty();
    assertThat(assembler.append(new byte[] {grin[3], 'b'})).isEqualTo("😀b");
    assertThat(assembler.incomplete()).isFalse();
    assertThat(assembler.finish()).isEmpty();
  }

  @Test
  void aCharacterCutOffAtTheEndIsReplaced() {
    Utf8Assembler assembler = new Utf8Assembler();
    assembler.append(new byte[] {(byte) 0xF0, (byte) 0x9F});

    assertThat(assembler.finish()).isEqualTo("\uFFFD");
    assertThat(assembler.incomplete()).isFalse();
    assertThat(assembler.append(new byte[] {'a'})).isEqualTo("a");
  }

  @Test
  void malformedBytesAreReplacedAtOnceWhenNothingCanCompleteThem() {
    Utf8Assembler assembler = new Utf8Assembler();

    assertThat(assembler.append(new byte[] {(byte) 0xFF})).isEqualTo("\uFFFD");
    assertThat(assembler.append(new byte[] {(byte) 0xE0, (byte) 0x80})).isEqualTo("\uFFFD\uFFFD");
    assertThat(assembler.incomplete()).isFalse();
  }

  /** Mostly the bytes with a role in UTF-8, so that sequences nearly fit. */
  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of(
            0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC3, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4,
            0xF5, 0xFF)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars("aé√∞漢")
        .withChars("\r\n ")
        .ofMaxLength(10)
        .map(s -> s + "😀𝔽" + s);
  }

  /** Pieces of the given sizes, then the rest, then the finish. */
  private static List<String> assemble(byte[] bytes, List<Integer> sizes) {
    Utf8Assembler assembler = new Utf8Assembler();
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      int to = Math.min(bytes.length, from + size);
      pieces.add(assembler.append(Arrays.copyOfRange(bytes, from, to)));
      from = to;
    }
    pieces.add(assembler.append(Arrays.copyOfRange(bytes, from, bytes.length)));
    pieces.add(assembler.finish());
    return pieces;
  }
}
