/**
 * {@code splitreason adapt}: from the names of two models to an adapter with which the small one
 * calls the large one, and a report.
 *
 * <p>Works on problems with reference answers; gives back a folder with everything that was made on
 * the way, each stage whole or not there. It deliberately does not know how answers are judged,
 * spans found or weights learned: it calls what the single commands call, in their order.
 */
@NullMarked
package dev.splitreason.cli.adapt;

import org.jspecify.annotations.NullMarked;
