/**
 * Several processes that train one model.
 *
 * <p>Works on gradients and numbers of each process; gives back their sums over all processes. It
 * deliberately knows nothing about models or what the numbers mean.
 */
@NullMarked
package dev.splitreason.training.distributed;

import org.jspecify.annotations.NullMarked;
