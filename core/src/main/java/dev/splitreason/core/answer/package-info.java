/**
 * What a response finally says.
 *
 * <p>Works on a finished response; gives back its answer as text, to be shown. It deliberately does
 * not know whether an answer is right, or which answers are equal.
 */
@NullMarked
package dev.splitreason.core.answer;

import org.jspecify.annotations.NullMarked;
