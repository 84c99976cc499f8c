/**
 * Models with random weights in the shapes of real ones.
 *
 * <p>Works on a shape, a type of weights and a seed; gives back GGUF files that any engine opens,
 * always the same for the same record. It deliberately trains nothing: what such a model writes
 * means nothing, and costs what a real one costs.
 */
@NullMarked
package dev.splitreason.engine.contract.random;

import org.jspecify.annotations.NullMarked;
