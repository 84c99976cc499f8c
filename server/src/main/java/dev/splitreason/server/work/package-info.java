/**
 * When the models of an answer computed.
 *
 * <p>Works on a pair; gives back one that answers alike, and what its models did when. It
 * deliberately knows nothing of what they wrote: that is a {@link
 * dev.splitreason.core.trace.Trace}'s.
 */
@NullMarked
package dev.splitreason.server.work;

import org.jspecify.annotations.NullMarked;
