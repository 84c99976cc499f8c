/**
 * A training run from its first step to its last, in a folder of its own.
 *
 * <p>Works on a trainer, its data and a plan; gives back a folder with the configuration, metrics,
 * samples, curves, checkpoints and the trained model, and goes on where it was stopped. It
 * deliberately knows nothing about what is learned.
 */
@NullMarked
package dev.splitreason.training.run;

import org.jspecify.annotations.NullMarked;
