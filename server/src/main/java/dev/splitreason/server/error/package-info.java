/**
 * Why a request is not answered.
 *
 * <p>Works on what went wrong; gives back a {@link Refusal}, which has all that any protocol's
 * error tells. It deliberately does not know how that is written.
 */
@NullMarked
package dev.splitreason.server.error;

import org.jspecify.annotations.NullMarked;
