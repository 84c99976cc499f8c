/**
 * Values of expressions: exact, approximate, and by a computer algebra system.
 *
 * <p>Works on scalar {@link dev.splitreason.answers.check.notation.Expression}s; gives back
 * fractions, complex numbers, or the word of Symja, which runs in processes that can be killed. It
 * deliberately knows nothing about sets, units or what counts as the same answer.
 */
@NullMarked
package dev.splitreason.answers.check.symbolic;

import org.jspecify.annotations.NullMarked;
