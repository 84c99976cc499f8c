/**
 * From names of models to models that run.
 *
 * <p>Works on settings; gives back opened models and pairs, with the cores divided between them. It
 * deliberately knows nothing about the command line or about questions.
 */
@NullMarked
package dev.splitreason.pairs.open;

import org.jspecify.annotations.NullMarked;
