/**
 * From names of models to models that run.
 *
 * <p>Works on settings and on what a pair is opened for; gives back opened models and pairs that
 * answer, with the cores divided between them. It deliberately knows nothing about the command
 * line.
 */
@NullMarked
package dev.splitreason.pairs.open;

import org.jspecify.annotations.NullMarked;
