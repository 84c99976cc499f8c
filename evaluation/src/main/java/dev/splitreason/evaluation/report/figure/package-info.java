/**
 * The figure of accuracy against a cost.
 *
 * <p>Works on points; gives back SVG, and the same drawing as PNG. It deliberately knows nothing
 * about runs, results or pages.
 */
@NullMarked
package dev.splitreason.evaluation.report.figure;

import org.jspecify.annotations.NullMarked;
