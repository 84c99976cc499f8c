package dev.splitreason.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextArgumentTest {

  @Test
  void anArgumentIsTheText() throws IOException {
    assertThat(read(" a\n", "stdin", false)).isEqualTo(" a\n");
  }

  @Test
  void withoutAnArgumentOrForADashItIsStdin() throws IOException {
    assertThat(read(null, "7 × 8\n", false)).isEqualTo("7 × 8\n");
    assertThat(read("-", "7 × 8\n", true)).isEqualTo("7 × 8\n");
  }

  @Test
  void aByteOrderMarkOnStdinIsNoPartOfTheText() throws IOException {
    assertThat(read(null, "\ufeff7 × 8\n", false)).isEqualTo("7 × 8\n");
  }

  @Test
  void nobodyIsAskedToTypeUnlessTheySaidSo() {
    assertThatThrownBy(() -> read(null, "", true))
        .isInstanceOf(UserMistake.class)
        .hasMessage("no question: give it as an argument or on stdin");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
    byte[] bytes = {'o', 'k', (byte) 0xc0, (byte) 0x80};

    assertThatThrownBy(
            () -> TextArgument.read("text", "-", new ByteArrayInputStream(bytes), () -> false))
        .isInstanceOf(UserMistake.class)
        .hasMessage("the text on stdin is not UTF-8 text: wrong byte at offset 2");
  }

  private static String read(@Nullable String argument, String stdin, boolean terminal)
      throws IOException {
    var bytes = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    return TextArgument.read("question", argument, bytes, () -> terminal);
  }
}
