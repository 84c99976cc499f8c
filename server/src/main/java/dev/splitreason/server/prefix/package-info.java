/**
 * Beginnings of sequences that earlier answers left in a model's KV cache, so that a conversation
 * which goes on is not prefilled again.
 *
 * <p>Works on sessions; a {@link ReusingModel} opens them where an earlier one stopped. It
 * deliberately knows nothing about requests. Served models are left alone: their servers keep
 * prefixes themselves.
 */
@NullMarked
package dev.splitreason.server.prefix;

import org.jspecify.annotations.NullMarked;
