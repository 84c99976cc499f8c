/**
 * Charts as pictures.
 *
 * <p>Works on the titles of axes and on what others draw between them; gives back PNG files of one
 * size and look. It deliberately knows nothing about what is drawn.
 */
@NullMarked
package dev.splitreason.data.chart;

import org.jspecify.annotations.NullMarked;
