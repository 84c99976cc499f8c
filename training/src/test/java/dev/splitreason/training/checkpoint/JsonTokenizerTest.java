package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The vocabulary of the bundled pair, read from its tokenizer.json. */
class JsonTokenizerTest {

  private final JsonTokenizer tokenizer = JsonTokenizer.of(files());

  @AfterEach
  void free() {
    tokenizer.close();
  }

  private static Map<String, String> files() {
    try {
      return Map.of(
          "tokenizer.json",
          Files.readString(Path.of("../models/tokenizer.json")),
          "generation_config.json",
          "{\"eos_token_id\": [2]}");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trusted_text_becomes_control_tokens() {
    assertThat(tokenizer.tokenizeWithControl("<think><bigmodel>")).containsExactly(5, 9);
  }

  @Test
  void ordinary_text_never_becomes_control_tokens() {
    int[] ids = tokenizer.tokenize("<think></bigmodel>");
    assertThat(ids).isNotEmpty().doesNotContain(5, 10);
    assertThat(text(ids)).isEqualTo("<think></bigmodel>");
  }

  @Test
  void bytes_join_to_the_text() {
    String text = "Start with 37.\n 数学 🙂 naïve <think>";
    assertThat(text(tokenizer.tokenizeWithControl(text))).isEqualTo(text);
    assertThat(text(tokenizer.tokenize(text))).isEqualTo(text);
  }

  @Test
  void only_end_tokens_end_a_text() {
    assertThat(tokenizer.endsText(2)).isTrue();
    assertThat(tokenizer.endsText(1)).isFalse();
  }

  @Test
  void single_tokens_have_an_id() {
    assertThat(tokenizer.idOf("</bigmodel>")).isEqualTo(10);
    assertThat(tokenizer.idOf("7")).isNotNull();
    assertThat(tokenizer.idOf("37")).isNull();
    assertThat(tokenizer.size()).isEqualTo(320);
  }

  private String text(int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(tokenizer.bytes(id));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
