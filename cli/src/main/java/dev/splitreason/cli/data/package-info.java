/**
 * {@code splitreason data}: data sets that can be made without any source.
 *
 * <p>Works on a number and a seed; gives back files of problems with worked solutions. It
 * deliberately knows nothing about how problems are made: that is {@link
 * dev.splitreason.data.chain.ChainProblems}.
 */
@NullMarked
package dev.splitreason.cli.data;

import org.jspecify.annotations.NullMarked;
