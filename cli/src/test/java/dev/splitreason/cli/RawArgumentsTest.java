package dev.splitreason.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

  @Test
  void argumentsThatJavaCouldReadAreLeftAlone() {
    String[] args = {"ask", "7 × 8", ""};

    assertThat(RawArguments.decoded(args)).isSameAs(args);
  }

  @Test
  void bytesAreReadAsUtf8WithEmptyArgumentsInTheirPlaces() {
    byte[] commandLine = "java\0-cp\0x\0Main\0ask\0\0⟦é⟧\0".getBytes(StandardCharsets.UTF_8);

    assertThat(RawArguments.last(3, commandLine)).containsExactly("ask", "", "⟦é⟧");
  }

  @Test
  void bytesThatAreNotUtf8AreWrongUse() {
    byte[] commandLine = {'M', 0, 'a', 's', 'k', 0, (byte) 0xff, 0};

    assertThatThrownBy(() -> RawArguments.last(2, commandLine))
        .isInstanceOf(UserMistake.class)
        .hasMessage("argument 2 is not UTF-8 text");
  }
}
