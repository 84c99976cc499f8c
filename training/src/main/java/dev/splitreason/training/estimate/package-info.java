/**
 * What a training run will need.
 *
 * <p>Works on a model's shape and the size of the data; gives back parameters, memory, steps and
 * tokens. It deliberately knows nothing about weights: none are read.
 */
@NullMarked
package dev.splitreason.training.estimate;

import org.jspecify.annotations.NullMarked;
