package dev.splitreason.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteLettersTest {

  @Test
  void everyByteHasALetterOfItsOwnThatStandsForIt() {
    assertThat(IntStream.range(0, 256).mapToObj(ByteLetters::of)).doesNotHaveDuplicates();
    for (int value = 0; value < 256; value++) {
      assertThat(ByteLetters.bytes(String.valueOf(ByteLetters.of(value))))
          .containsExactly((byte) value);
    }
  }

  /** As in every published byte-level vocabulary. */
  @Test
  void aSpaceIsThatOfGpt2() {
    assertThat(ByteLetters.of(' ')).isEqualTo('Ġ');
    assertThat(ByteLetters.of('\n')).isEqualTo('Ċ');
  }

  @Test
  void aLetterThatStandsForNoByteIsItself() {
    assertThat(ByteLetters.bytes("<｜User｜>"))
        .isEqualTo("<｜User｜>".getBytes(StandardCharsets.UTF_8));
  }
}
