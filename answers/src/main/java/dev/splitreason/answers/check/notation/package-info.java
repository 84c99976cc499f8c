/**
 * How people and models write answers: LaTeX in all its spellings, plain text, units around them.
 *
 * <p>Works on one extracted answer; gives back an {@link Expression}, or nothing when the text is
 * not mathematics. It deliberately knows nothing about equality: it reads, it never judges.
 */
@NullMarked
package dev.splitreason.answers.check.notation;

import org.jspecify.annotations.NullMarked;
