/**
 * The one core that every protocol translates to: a question becomes pieces of an answer.
 *
 * <p>Works on a {@link Question}; gives pieces as they come, each with its author and channel, and
 * a {@link Answered} at the end. It deliberately knows nothing about JSON, HTTP, or whose protocol
 * the question came by.
 */
@NullMarked
package dev.splitreason.server.answer;

import org.jspecify.annotations.NullMarked;
