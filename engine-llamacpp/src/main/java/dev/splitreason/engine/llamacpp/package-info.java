/**
 * The embedded engine: llama.cpp, called through {@code java.lang.foreign}.
 *
 * <p>Works on GGUF files and token ids; gives back {@link
 * dev.splitreason.core.model.LanguageModel}s. It deliberately knows nothing about tags, policies or
 * how two models share an answer.
 *
 * <p>In reading order: {@link LlamaCppModel} (what a caller uses), {@link LlamaContext} (computes
 * the batches that core's {@link dev.splitreason.core.batch.BatchLoop} packs), {@link LlamaApi}
 * (the C functions).
 */
@NullMarked
package dev.splitreason.engine.llamacpp;

import org.jspecify.annotations.NullMarked;
