package dev.splitreason.engine.openai;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.nio.file.Path;

/** The models that lie in this repository, loaded to be served and to be compared with. */
final class BundledModels {

  private static final Path FOLDER = Path.of("..", "models");

  private BundledModels() {}

  /** Loads one, with its own context. */
  static LanguageModel load(String file) {
    return load(file, 0);
  }

  /**
   * Loads one.
   *
   * @param contextLength of a session, in tokens
   */
  static LanguageModel load(String file, int contextLength) {
    return LlamaCppModel.load(
        FOLDER.resolve(file),
        LlamaCppOptions.DEFAULTS.withThreads(1).withContextLength(contextLength));
  }
}
