/**
 * OpenAI's newer protocol, responses: its requests become questions, answers its items and events.
 *
 * <p>Works on JSON bodies; gives back JSON. It deliberately keeps no responses: each request brings
 * its whole conversation.
 */
@NullMarked
package dev.splitreason.server.responses;

import org.jspecify.annotations.NullMarked;
