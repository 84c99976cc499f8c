/**
 * Models being served: devices that run one forward pass after another, with continuous batching.
 *
 * <p>Works on requests to prefill and to decode so many tokens of a sequence; gives back when each
 * was done and the device time it took. It deliberately knows nothing about answers or who writes
 * what.
 */
@NullMarked
package dev.splitreason.simulator.server;

import org.jspecify.annotations.NullMarked;
