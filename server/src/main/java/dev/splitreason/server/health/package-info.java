/**
 * Whether the server can answer.
 *
 * <p>Works on the pairs that are served; asks servers of remote models beside, each within a bound,
 * and gives back what is known at once. It deliberately asks no model for a token.
 */
@NullMarked
package dev.splitreason.server.health;

import org.jspecify.annotations.NullMarked;
