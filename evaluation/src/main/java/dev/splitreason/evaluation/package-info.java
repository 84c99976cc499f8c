/**
 * Measuring answers: benchmarks, checking, simulation, reports.
 *
 * <p>Works on traces and problem files; gives back figures. It deliberately knows nothing about
 * engines: models reach it through core's interfaces.
 */
@NullMarked
package dev.splitreason.evaluation;

import org.jspecify.annotations.NullMarked;
