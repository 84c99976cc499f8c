/**
 * Results as people and programs read them: JSON, a page, figures.
 *
 * <p>Works on the results and samples of a run; gives back one self-contained HTML page and PNGs.
 * It deliberately knows nothing about models or the command line.
 */
@NullMarked
package dev.splitreason.evaluation.report;

import org.jspecify.annotations.NullMarked;
