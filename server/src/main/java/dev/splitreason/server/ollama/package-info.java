/**
 * Ollama's protocol: its requests become questions, answers its lines.
 *
 * <p>Works on JSON bodies; gives back JSON. It deliberately knows nothing about how an answer comes
 * to be.
 */
@NullMarked
package dev.splitreason.server.ollama;

import org.jspecify.annotations.NullMarked;
