/**
 * Charts, as SVG for pages and the same drawing as PNG.
 *
 * <p>Works on series of numbers and titles; gives back drawings with round ticks, where no label
 * covers another. It deliberately knows nothing about what the numbers are. Start at {@link
 * dev.splitreason.data.chart.Chart}.
 */
@NullMarked
package dev.splitreason.data.chart;

import org.jspecify.annotations.NullMarked;
