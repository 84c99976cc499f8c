/**
 * The shapes of models.
 *
 * <p>Works on sizes and names; gives back the weights that a model of a family has, and how many
 * numbers they are. It deliberately knows nothing about what weights hold or how they are computed
 * with.
 */
@NullMarked
package dev.splitreason.core.shape;

import org.jspecify.annotations.NullMarked;
