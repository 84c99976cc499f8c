/**
 * Outlines of answers: who writes how many tokens in turn.
 *
 * <p>Works on recorded traces or on a share, span lengths and a seed; gives back the outlines that
 * a simulation replays. It deliberately knows nothing about time.
 */
@NullMarked
package dev.splitreason.simulator.outline;

import org.jspecify.annotations.NullMarked;
