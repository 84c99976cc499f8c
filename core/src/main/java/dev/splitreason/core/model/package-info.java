/**
 * What a language model is to the rest of the system: a {@link LanguageModel} opens {@link
 * Session}s, a session is one growing token sequence with its KV cache.
 *
 * <p>Works on token ids and UTF-8 bytes; gives back tokens and log-probabilities. It deliberately
 * knows nothing about prompts, tags, policies, or where the weights are.
 */
@NullMarked
package dev.splitreason.core.model;

import org.jspecify.annotations.NullMarked;
