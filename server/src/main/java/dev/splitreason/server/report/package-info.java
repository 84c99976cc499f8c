/**
 * Reports of evaluations, opened in place.
 *
 * <p>Works on a folder of runs as {@code eval} writes them; gives back which there are, and their
 * pages. It deliberately runs and changes nothing, and lets pages do nothing but be read.
 */
@NullMarked
package dev.splitreason.server.report;

import org.jspecify.annotations.NullMarked;
