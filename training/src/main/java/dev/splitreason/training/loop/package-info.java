/**
 * The training step of a language model that learns to predict tokens.
 *
 * <p>Works on a model, an optimizer and batches; gives back a stepped model and how the step went.
 * It deliberately knows nothing about files, tasks or when a run ends.
 */
@NullMarked
package dev.splitreason.training.loop;

import org.jspecify.annotations.NullMarked;
