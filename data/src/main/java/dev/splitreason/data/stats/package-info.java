/**
 * What tagged traces look like as a whole: how much is offloaded, where, and in what pieces.
 *
 * <p>Works on texts with their spans; gives back numbers, an HTML page that stands alone and PNG
 * figures. It deliberately knows nothing about where the texts come from.
 */
@NullMarked
package dev.splitreason.data.stats;

import org.jspecify.annotations.NullMarked;
