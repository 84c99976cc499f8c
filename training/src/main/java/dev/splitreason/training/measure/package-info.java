/**
 * What a model under training can do.
 *
 * <p>Works on a model and problems; gives back the share of whole answers that are right, generated
 * freely. It deliberately knows nothing about how the model is trained.
 */
@NullMarked
package dev.splitreason.training.measure;

import org.jspecify.annotations.NullMarked;
