package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.Failure;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that ended the process, or hung, when they were read to be trained on. */
class HostileImportTest {

  private static final Path MODEL = Path.of("../models/small.gguf");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(?:\\s*a*)*b",
        "((\\p{L}|\\d)*x)+",
        "([a-z]+[0-9]?){2,}",
        "\\s*\\s*\\s*\\s*x",
        "(?:a+|b)+"
      })
  void aRuleThatTriesTooManyWaysIsRefused(String rule) {
    assertRefused(
        "\"normalizer\": null, \"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [{"
            + "\"type\": \"Split\", \"pattern\": {\"Regex\": \""
            + rule.replace("\\", "\\\\")
            + "\"}, \"behavior\": \"Isolated\", \"invert\": false}]}",
        "null",
        "repetitions");
  }

  @Test
  void aPrecompiledNormalizerIsRefusedHoweverDeepItLies() {
    String precompiled = "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}";
    assertRefused("\"normalizer\": " + precompiled, "null", "Precompiled");
    assertRefused(
        "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [" + precompiled + "]}",
        "null",
        "Precompiled");
  }

  @Test
  void aPrefixOfContinuedWordsIsRefused() {
    assertRefused("\"normalizer\": null", "\"##\"", "continuing_subword_prefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s+",
        "[一-龥぀-ゟ゠-ヿ]+",
        "\\p{N}{1,3}"
      })
  void theRulesOfPublishedModelsAreTaken(String rule) {
    String json =
        json(
            "\"normalizer\": null, \"pre_tokenizer\": {\"type\": \"Split\", \"pattern\":"
                + " {\"Regex\": \""
                + rule.replace("\\", "\\\\")
                + "\"}, \"behavior\": \"Isolated\", \"invert\": false}",
            "null");
    try (JsonTokenizer tokenizer = JsonTokenizer.of(Map.of("tokenizer.json", json))) {
      assertThat(tokenizer.tokenize("ab")).isNotEmpty();
    }
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void moreLayersThanTensorsAreRefused() throws IOException {
    try (Checkpoint small = GgufImport.read(MODEL)) {
      HuggingFaceFolder.write(folder, small);
    }
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    for (String layers : new String[] {"9999", "2000000000", "1000"}) {
      Files.writeString(
          config,
          text.replaceFirst("\"num_hidden_layers\" : \\d+", "\"num_hidden_layers\" : " + layers));
      assertThatThrownBy(() -> HuggingFaceFolder.read(folder))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("layers")
          .hasMessageContaining(layers);
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void damagedFilesAreRefusedInOneLineOrRead() throws IOException {
    byte[] original = Files.readAllBytes(MODEL);
    int header = (int) GgufFile.read(MODEL).dataOffset();
    SplittableRandom random = new SplittableRandom(14);
    for (int i = 0; i < 300; i++) {
      byte[] mutant = original.clone();
      mutant[random.nextInt(header)] = (byte) random.nextInt(256);
      mutant[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(folder.resolve("mutant.gguf"), mutant);
      try (Checkpoint read = GgufImport.read(file)) {
        assertThat(read.model()).isNotNull();
      } catch (Failure | UserMistake e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "overflow", "Exception");
      }
    }
  }

  private static void assertRefused(String steps, String prefix, String part) {
    assertThatThrownBy(() -> JsonTokenizer.of(Map.of("tokenizer.json", json(steps, prefix))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(part);
  }

  private static String json(String steps, String prefix) {
    return """
    {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], %s,
     "post_processor": null, "decoder": null,
     "model": {"type": "BPE", "dropout": null, "unk_token": null,
       "continuing_subword_prefix": %s, "end_of_word_suffix": null, "fuse_unk": false,
       "byte_fallback": false, "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
    """
        .formatted(steps, prefix);
  }
}
