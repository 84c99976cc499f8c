/**
 * What turns gradients into smaller losses.
 *
 * <p>Works on named parameters that have gradients; gives back stepped parameters, the rate of each
 * step, and the optimizer's state to be saved. It deliberately knows nothing about models, losses
 * or data.
 */
@NullMarked
package dev.splitreason.training.optimize;

import org.jspecify.annotations.NullMarked;
