/**
 * Annotation of very many traces.
 *
 * <p>Works on traces and snippets that it makes; gives back the rows a second and the most memory
 * that a run took. It deliberately knows nothing about models.
 */
@NullMarked
package dev.splitreason.benchmarks.annotation;

import org.jspecify.annotations.NullMarked;
