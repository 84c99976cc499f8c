package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.ModelFileException;
import java.nio.file.Path;
import java.util.List;

/** Refuses files on which llama.cpp would end the process, as far as rules can tell. */
public final class ModelFileCheck {

  /** The tokenizers of models that write text token by token. */
  private static final List<String> TOKENIZERS = List.of("gpt2", "llama", "gemma4");

  private static final String UNKNOWN =
      "', which is not known to work; --unsafe-model, or 'unsafe: true' in its settings, tries it";

  private ModelFileCheck() {}

  /**
   * Refuses what is no language model of a known kind; takes no time.
   *
   * @param anyKind whether a vocabulary is enough
   * @throws ModelFileException with the reason
   */
  public static void requireKnownKind(Path file, ModelKind kind, boolean anyKind) {
    String architecture = kind.architecture();
    if (!kind.hasVocabulary()) {
      throw new ModelFileException(
          file,
          "is no language model: it has no vocabulary ("
              + (architecture.isEmpty() ? "no architecture" : "architecture " + architecture)
              + ")");
    }
    if (anyKind) {
      return;
    }
    if (!Architecture.known(architecture)) {
      throw new ModelFileException(file, "has the architecture '" + architecture + UNKNOWN);
    }
    String tokenizer = kind.tokenizer();
    if (!tokenizer.isEmpty() && !TOKENIZERS.contains(tokenizer)) {
      throw new ModelFileException(file, "has a tokenizer of kind '" + tokenizer + UNKNOWN);
    }
  }

  /**
   * Refuses what llama.cpp asserts not to be; takes milliseconds, for a large vocabulary some tens.
   *
   * @param parts the other files of a model in several
   * @throws ModelFileException with the reason
   */
  public static void requireSound(GgufFile file, List<GgufFile> parts) {
    ShapeCheck.check(new Hyperparameters(file));
    TensorCheck.check(file);
    parts.forEach(TensorCheck::check);
    VocabularyCheck.check(file);
  }
}
