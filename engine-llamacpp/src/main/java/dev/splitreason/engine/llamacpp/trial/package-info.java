/**
 * A trial run of native code in a process of its own, for what no list of rules can foresee. Works
 * on the name of a main class and a file; gives back a verdict, and remembers it. Knows nothing of
 * what the main class does: that is told in the lines that {@link
 * dev.splitreason.engine.llamacpp.trial.TrialReport} names.
 */
@NullMarked
package dev.splitreason.engine.llamacpp.trial;

import org.jspecify.annotations.NullMarked;
