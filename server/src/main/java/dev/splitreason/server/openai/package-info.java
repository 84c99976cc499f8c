/**
 * OpenAI's protocol: its requests become questions, answers its shapes, streamed or whole.
 *
 * <p>Works on JSON bodies; gives back JSON. It deliberately knows nothing about how an answer comes
 * to be; fields beyond OpenAI's are spelled as vLLM does.
 */
@NullMarked
package dev.splitreason.server.openai;

import org.jspecify.annotations.NullMarked;
