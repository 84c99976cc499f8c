/**
 * Many answers on many devices: what a fleet delivers, how long its users wait, and what an answer
 * costs in device time.
 *
 * <p>Works on a pair's profile, a number of devices and arrivals at random; gives back throughput,
 * latency and device hours for each mode. It deliberately knows nothing about how a single answer
 * goes: that is the same as in a simulation of one answer, only the devices are shared.
 */
@NullMarked
package dev.splitreason.simulator.fleet;

import org.jspecify.annotations.NullMarked;
