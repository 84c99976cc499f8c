package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;

/**
 * What a file says that it is, before any of its numbers is believed.
 *
 * @param architecture empty if it names none
 * @param tokenizer its kind; empty if the file names none
 * @param hasVocabulary whether it has tokens
 */
public record ModelKind(String architecture, String tokenizer, boolean hasVocabulary) {

  /** That of a file. */
  public static ModelKind of(GgufFile file) {
    return new ModelKind(
        text(file, "general.architecture"),
        text(file, "tokenizer.ggml.model"),
        file.texts("tokenizer.ggml.tokens") != null);
  }

  private static String text(GgufFile file, String key) {
    String text = file.text(key);
    return text == null ? "" : text;
  }
}
