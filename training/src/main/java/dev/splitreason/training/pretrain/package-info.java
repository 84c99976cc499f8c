/**
 * Pre-training of chain-arithmetic models from nothing.
 *
 * <p>Works on a shape, a recipe and a seed; gives back the examples of every step, and a run. It
 * deliberately knows nothing about tags or offloading.
 */
@NullMarked
package dev.splitreason.training.pretrain;

import org.jspecify.annotations.NullMarked;
