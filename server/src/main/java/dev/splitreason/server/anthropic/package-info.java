/**
 * Anthropic's protocol: its requests become questions, answers its messages, streamed or whole.
 *
 * <p>Works on JSON bodies; gives back JSON. It deliberately knows nothing about how an answer comes
 * to be. The chain of thought is told only to who asks for thinking.
 */
@NullMarked
package dev.splitreason.server.anthropic;

import org.jspecify.annotations.NullMarked;
