/**
 * The remote engine: models on any server that speaks OpenAI's completions.
 *
 * <p>Works on an address and a model's name; gives back a {@link
 * dev.splitreason.core.model.LanguageModel} whose capabilities are what the server was seen to do.
 * It deliberately knows nothing about chat: sessions go on with raw text or token ids, and rely on
 * the server's prefix cache to prefill nothing twice.
 */
@NullMarked
package dev.splitreason.engine.openai;

import org.jspecify.annotations.NullMarked;
