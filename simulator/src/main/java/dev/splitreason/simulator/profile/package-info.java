/**
 * How fast models are on devices.
 *
 * <p>Works on published rates, data sheets and measurements; gives back the seconds of a forward
 * pass and the fixed costs around it, and reads and writes them as JSON. It deliberately knows
 * nothing about answers, policies or queues.
 */
@NullMarked
package dev.splitreason.simulator.profile;

import org.jspecify.annotations.NullMarked;
