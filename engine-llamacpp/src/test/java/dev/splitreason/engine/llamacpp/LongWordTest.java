package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.gguf.GgufValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words without an end, which overflow the stack of an ordinary thread in std::regex. */
class LongWordTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "qwen2",
        "gpt-2",
        "llama-bpe",
        "tekken",
        "gpt-4o",
        "llama4",
        "bloom",
        "gpt3-finnish",
        "viking",
        "afmoe",
        "minimax-m2",
        "deepseek-llm",
        "deepseek-v3",
        "command-r",
        "falcon",
        "superbpe",
        "kimi-k2"
      })
  void aWordOfAnyLengthIsSplitByEveryRule(String rule) throws IOException {
    Path file =
        Remade.tiny()
            .with("tokenizer.ggml.pre", GgufValue.of(rule))
            .write(folder.resolve("words.gguf"));
    // The trial is not what is tested, and the file is the tiny model's but for the rule's name.
    try (LlamaCppModel model =
        LlamaCppModel.loadAdmitted(LlamaRuntime.get(), file, TinyModel.OPTIONS)) {
      for (String unit : List.of("a", "7", " ", "!", "中", "ab ")) {
        String text = unit.repeat(6_000 / unit.length());
        assertThat(text(model, model.tokenizer().tokenize(text))).isEqualTo(text);
      }
    }
  }

  @Test
  void aWordLongerThanAnyStackIsCutBetweenCharacters() {
    String text = "😀b".repeat(FittingStack.LONGEST);
    List<String> pieces = FittingStack.pieces(text);
    assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> piece.length() <= 100_000);
    assertThat(String.join("", pieces)).isEqualTo(text);
    assertThat(pieces).noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)));
  }

  @Test
  void onlyLongStretchesCount() {
    assertThat(FittingStack.longestStretch("one\ntwo and\nthree")).isEqualTo(7);
    assertThat(FittingStack.longestStretch("a\n\n\n\n\n\nb")).isEqualTo(6);
    assertThat(FittingStack.pieces("line\n".repeat(100_000))).hasSize(1);
  }

  private static String text(LlamaCppModel model, int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(model.tokenizer().bytes(id));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
