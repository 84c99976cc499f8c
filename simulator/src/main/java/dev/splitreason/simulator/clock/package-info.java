/**
 * Simulated time.
 *
 * <p>Works on actions and the seconds at which they happen; gives back their order. It deliberately
 * knows nothing about what is simulated.
 */
@NullMarked
package dev.splitreason.simulator.clock;

import org.jspecify.annotations.NullMarked;
