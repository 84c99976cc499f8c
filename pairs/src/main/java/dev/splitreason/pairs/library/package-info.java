/**
 * The models that other programs have on this disk: Ollama's and LM Studio's.
 *
 * <p>Works on the names that those programs give them; gives back the GGUF files where they lie, of
 * which nothing is copied. It deliberately knows nothing about how those programs answer.
 */
@NullMarked
package dev.splitreason.pairs.library;

import org.jspecify.annotations.NullMarked;
