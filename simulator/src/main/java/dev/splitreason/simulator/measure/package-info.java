/**
 * Measuring how fast a model runs here.
 *
 * <p>Works on core's model and session interfaces and a clock; gives back a profile to simulate
 * with. It deliberately knows no engine, and nothing about pairs.
 */
@NullMarked
package dev.splitreason.simulator.measure;

import org.jspecify.annotations.NullMarked;
