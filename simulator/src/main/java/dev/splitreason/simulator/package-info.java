/**
 * The simulator: what split decoding would cost on hardware one does not have.
 *
 * <p>Works on a profile of a pair's speed and on outlines of answers; gives back latency,
 * throughput, device time and where it went, for each mode of decoding. It deliberately knows
 * nothing about texts or accuracy. Start at {@link Simulation}; for many answers on many devices,
 * at {@link dev.splitreason.simulator.fleet.FleetSimulation}.
 */
@NullMarked
package dev.splitreason.simulator;

import org.jspecify.annotations.NullMarked;
