/**
 * Models on disk. It works on Hugging Face folders (config, safetensors, tokenizer) and GGUF files,
 * and gives back models and tokenizers, or writes them; it knows no training.
 */
@NullMarked
package dev.splitreason.training.checkpoint;

import org.jspecify.annotations.NullMarked;
