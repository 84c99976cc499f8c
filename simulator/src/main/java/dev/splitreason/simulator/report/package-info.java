/**
 * Results of simulations to read: JSON for programs, tables for people.
 *
 * <p>Works on reports; gives back text. It deliberately knows nothing about how they came about, or
 * where the text goes.
 */
@NullMarked
package dev.splitreason.simulator.report;

import org.jspecify.annotations.NullMarked;
