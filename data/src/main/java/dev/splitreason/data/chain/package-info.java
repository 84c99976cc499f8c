/**
 * Chain arithmetic: the task of the bundled pair, any number of problems from a seed.
 *
 * <p>Works on a seed and an index; gives back a problem, its worked solution, its answer and how
 * hard it is. It deliberately knows nothing about models, tokens or tags.
 */
@NullMarked
package dev.splitreason.data.chain;

import org.jspecify.annotations.NullMarked;
