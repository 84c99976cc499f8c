package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.model.ModelFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tokens: llama_vocab::impl::load asserts that no two are spelled alike. */
final class VocabularyCheck {

  private VocabularyCheck() {}

  static void check(GgufFile file) {
    if (!(file.metadata().get("tokenizer.ggml.tokens") instanceof GgufValue.Texts tokens)) {
      return;
    }
    if (tokens.values().isEmpty()) {
      throw new ModelFileException(file.path(), "is no language model: its vocabulary is empty");
    }
    int repeated = tokens.repeated();
    if (repeated >= 0) {
      throw new ModelFileException(
          file.path(),
          "cannot be used: token %d is spelled '%s' like one before it"
              .formatted(repeated, tokens.values().get(repeated)));
    }
    if ("llama".equals(file.text("tokenizer.ggml.model"))) {
      requireBytes(file, tokens.values());
    }
  }

  /** A character without a token becomes tokens of its bytes: one that is missing is thrown at. */
  private static void requireBytes(GgufFile file, List<String> tokens) {
    Set<String> spellings = new HashSet<>(tokens);
    for (int value = 0; value < 256; value++) {
      String spelling = "<0x%02X>".formatted(value);
      boolean ascii = value < 128 && spellings.contains(Character.toString(value));
      if (!ascii && !spellings.contains(spelling)) {
        throw new ModelFileException(
            file.path(), "cannot be used: its vocabulary has no token " + spelling);
      }
    }
  }
}
