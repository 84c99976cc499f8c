/**
 * Work side by side, and its end.
 *
 * <p>Works on tasks that block; runs a limited number of them at once, and lets them end in order
 * when the process is asked to. It deliberately knows nothing about what they do.
 */
@NullMarked
package dev.splitreason.core.concurrent;

import org.jspecify.annotations.NullMarked;
