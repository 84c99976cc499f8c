/**
 * What requests of all protocols may say: the pair, how tokens are drawn, how far an answer goes.
 *
 * <p>Works on fields that a protocol has read; gives back {@link
 * dev.splitreason.server.answer.Question}s, or a refusal that names the field. Fields are named as
 * OpenAI does, and beyond those as vLLM does. It deliberately knows nothing about replies.
 */
@NullMarked
package dev.splitreason.server.request;

import org.jspecify.annotations.NullMarked;
