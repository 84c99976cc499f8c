/**
 * {@code splitreason pairs}: the pairs of published models that can be named.
 *
 * <p>Works on the catalogue and on this machine's memory; gives back what each pair is and needs.
 * It deliberately opens and fetches nothing.
 */
@NullMarked
package dev.splitreason.cli.pairs;

import org.jspecify.annotations.NullMarked;
