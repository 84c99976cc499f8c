/**
 * The equality chain: one rule a file, tried in order until one decides.
 *
 * <p>Works on two {@link dev.splitreason.answers.check.notation.Expression}s; gives back a {@link
 * Decision}, or nothing when no rule knows. It deliberately knows nothing about text. Start at
 * {@link Comparison}.
 */
@NullMarked
package dev.splitreason.answers.check.rule;

import org.jspecify.annotations.NullMarked;
