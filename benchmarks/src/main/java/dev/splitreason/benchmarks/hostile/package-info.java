/**
 * Works on model files that are not what they say: damages of a sound one, and kinds made by hand.
 * Gives how each of them ends when it is opened or imported, and what opening a file costs that is
 * known. It does not know why a file is refused.
 */
@NullMarked
package dev.splitreason.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
