package dev.splitreason.engine.llamacpp;

import dev.splitreason.engine.llamacpp.check.ModelHeader;
import java.nio.file.Path;

/**
 * What the context of a model costs, read from its file without opening it: for who shares memory
 * between models and answers.
 *
 * @param bytesPerToken of the KV cache and what is computed over it
 * @param trained tokens of context that the model was trained for
 */
public record CacheCost(long bytesPerToken, int trained) {

  /**
   * That of a file, which is checked as it is when it is opened.
   *
   * @throws dev.splitreason.core.model.ModelException with a line that says why it cannot be opened
   */
  public static CacheCost of(Path gguf, LlamaCppOptions options) {
    ModelHeader header = Admission.of(LlamaRuntime.get()).admit(gguf, options);
    return new CacheCost(CacheRoom.bytesPerToken(header, options), header.trained());
  }

  /** Bytes that this machine has free now, on its graphics cards too if layers are kept there. */
  public static long availableMemory(LlamaCppOptions options) {
    return LlamaCppModel.availableMemory(LlamaRuntime.get(), options);
  }
}
